using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Names in scripts: those that nothing stands for, and the variables that are set and read by name.</summary>
public static partial class ScriptNames
{
    /// <summary>What every routine has beside JavaScript itself.</summary>
    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        "getVariable", "setVariable", "getInput", "getOutputFrom", "getLastResult", "getCorrelationId", "setCorrelationId", "getWorkflowInstanceId", "getWorkflowDefinitionId",
        "getWorkflowDefinitionVersionId", "getWorkflowDefinitionVersion", "getWorkflowInstanceName", "setWorkflowInstanceName", "getActivityInstanceId", "newGuid", "newGuidString", "setOutcome", "setOutcomes",
        "isNullOrEmpty", "isNullOrWhiteSpace", "toJson", "parseGuid", "variables",
    };

    /// <summary>Names that are called, or have a property read, and are not declared in the script, not JavaScript's and not the engine's own.</summary>
    public static IEnumerable<string> Unknown(string script) => ScriptReferences.Of(script).Where(n => !Always.Contains(n));

    /// <summary>The names whose variable the script sets.</summary>
    public static IEnumerable<string> VariablesSet(string script) => SetCall().Matches(script).Select(m => m.Groups[1].Value);

    /// <summary>The names whose variable the script reads by <c>getVariable</c>.</summary>
    public static IEnumerable<string> VariablesRead(string script) => GetCall().Matches(script).Select(m => m.Groups[1].Value);

    [GeneratedRegex("""setVariable\(\s*["']([^"']+)["']""")]
    private static partial Regex SetCall();

    [GeneratedRegex("""getVariable\(\s*["']([^"']+)["']\s*\)""")]
    private static partial Regex GetCall();
}
