using System.Text.RegularExpressions;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Finds names in a script that nothing stands for. Reads words, not syntax: in doubt a name counts as known.</summary>
public static partial class ScriptNames
{
    /// <summary>What JavaScript itself and every routine has.</summary>
    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        "if", "for", "while", "switch", "return", "function", "typeof", "catch", "with", "new", "in", "instanceof", "delete", "void", "do", "else", "throw", "case", "this",
        "Array", "Boolean", "Date", "Error", "EvalError", "Function", "JSON", "Math", "Number", "Object", "RangeError", "ReferenceError", "RegExp", "String", "SyntaxError", "TypeError", "URIError",
        "parseInt", "parseFloat", "isNaN", "isFinite", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape", "arguments", "undefined", "NaN", "Infinity", "eval",
        "getVariable", "setVariable", "getInput", "getOutputFrom", "getLastResult", "getCorrelationId", "setCorrelationId", "getWorkflowInstanceId", "getWorkflowDefinitionId",
        "getWorkflowDefinitionVersionId", "getWorkflowDefinitionVersion", "getWorkflowInstanceName", "setWorkflowInstanceName", "getActivityInstanceId", "newGuid", "newGuidString", "setOutcome", "setOutcomes",
        "isNullOrEmpty", "isNullOrWhiteSpace", "toJson", "parseGuid", "variables",
    };

    /// <summary>Names that are called, or have a property read, and are not declared in the script, not JavaScript's and not the engine's own.</summary>
    public static IEnumerable<string> Unknown(string script)
    {
        var code = Aside().Replace(script, m => m.Groups["text"].Success ? "''" : " ");
        var declared = Declared().Matches(code).SelectMany(m => m.Groups["name"].Captures.Select(c => c.Value))
            .Concat(Parameters().Matches(code).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .ToHashSet(StringComparer.Ordinal);
        // "var a = 1, b = 2": every name that something is set to is taken as declared.
        declared.UnionWith(Assigned().Matches(code).Select(m => m.Groups[1].Value));
        return Used().Matches(code).Select(m => m.Groups[1].Value).Where(n => !declared.Contains(n) && !Always.Contains(n)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The names whose variable the script sets.</summary>
    public static IEnumerable<string> VariablesSet(string script) => SetCall().Matches(script).Select(m => m.Groups[1].Value);

    /// <summary>The names whose variable the script reads by <c>getVariable</c>.</summary>
    public static IEnumerable<string> VariablesRead(string script) => GetCall().Matches(script).Select(m => m.Groups[1].Value);

    // Comments, regular expressions (after an operator or a bracket) and texts; template texts are left out whole.
    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|(?<=(?:[(,=:\[!&|?;{}]|\breturn)\s*)/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*|(?<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)""")]
    private static partial Regex Aside();

    [GeneratedRegex(@"(?:\b(?:var|let|const|function|catch\s*\()\s*)(?<name>[\p{L}_$][\p{L}\p{Nd}_$]*)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\bfunction\b[^(]*\(([^)]*)\)")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"(?<![.\p{L}\p{Nd}_$])([\p{L}_$][\p{L}\p{Nd}_$]*)\s*=(?!=)")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?<![.\p{L}\p{Nd}_$])([\p{L}_$][\p{L}\p{Nd}_$]*)\s*(?=[(.\[])")]
    private static partial Regex Used();

    [GeneratedRegex("""setVariable\(\s*["']([^"']+)["']""")]
    private static partial Regex SetCall();

    [GeneratedRegex("""getVariable\(\s*["']([^"']+)["']\s*\)""")]
    private static partial Regex GetCall();
}
