using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// What a notice may say (D-10): the routine's own words with placeholders. A script may put such words around a case's number, nothing else:
/// the words are taken from the script as it stands and the number from the case, and what the script works out is never sent.
/// </summary>
internal static partial class NoticeText
{
    public const string Number = "{ärendenummer}";
    public const string Refused = "En avisering får bara innehålla fast text med {ärendenummer}, {ärendetyp}, {enhet} och {länk}. Det som räknas ut ur ärendet får inte skickas.";

    /// <param name="name">The input's name in the step's JSON.</param>
    public static void Validate(ActivityValidation v, Activity step, string property, string name)
    {
        if (ScriptOf(step, name) is { } script && Template(script) is null) v.Problem(property, "computed-notice", "skickar text som räknas ut. " + Refused);
    }

    /// <summary>The text with its placeholders; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It is worked out.</exception>
    public static string? Of(ActivityExecutionContext c, Input<string>? input, string name) => ScriptOf(c.Activity, name) is { } script
        ? Template(script) ?? throw new InvalidOperationException(Refused)
        : c.Get(input);

    /// <returns>Null: literal, or not there.</returns>
    private static string? ScriptOf(Activity step, string name) =>
        step.Json[name] is JsonObject wrapped && wrapped["expression"] is JsonObject expression && expression["type"]?.ToString() is not (null or "Literal" or "Object")
            ? $"{(expression["type"]!.ToString() == "JavaScript" ? "" : "?")}{expression["value"]}" : null;

    internal static string? Template(string script)
    {
        var text = new StringBuilder();
        var at = 0;
        var joined = true;
        foreach (Match part in Part().Matches(script))
        {
            if (part.Index != at) return null;
            at += part.Length;
            if (part.Groups["plus"].Success)
            {
                if (joined) return null;
                joined = true;
                continue;
            }

            if (part.Groups["blank"].Success) continue;
            if (!joined) return null;
            joined = false;
            text.Append(part.Groups["number"].Success ? Number : Unescape(part.Groups["text"].Value[1..^1]));
        }

        return at == script.Length && !joined ? text.ToString() : null;
    }

    private static string Unescape(string text) => Escaped().Replace(text, m => m.Groups[1].Value switch { "n" => "\n", "t" => "\t", var other => other });

    [GeneratedRegex("""
        (?<blank>\s+|\breturn\b|;)|(?<plus>\+)|(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|(?<number>[\p{L}_$][\p{L}\p{Nd}_$]*(?:\((?:'[^']*'|"[^"]*")?\))?\.(?:caseNumber|nummer|arendenummer))(?![\p{L}\p{Nd}_$(\[.])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Part();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
