using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Activities;

namespace CaseWorkflows.Cases.Tests;

/// <summary>The check of routines takes every other name in a script for a misspelling, so its list has to be whole.</summary>
public sealed partial class ScriptNamesTests
{
    [Fact]
    public void Every_name_that_scripts_may_use_is_listed()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "CaseWorkflows.Cases", "Activities", "Expressions", "CaseExpressionGlobals.cs"));
        Registered().Matches(source).Select(m => m.Groups[1].Value).Should().BeEquivalentTo(CaseExpressionGlobals.Names);
    }

    [GeneratedRegex("""b\.(?:Value|Function)\("([^"]+)""")]
    private static partial Regex Registered();
}
