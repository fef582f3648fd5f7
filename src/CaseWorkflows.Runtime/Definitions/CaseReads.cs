using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What a routine's expressions read of the case they run about: for the one who publishes, and for the history. Reads words, not syntax.</summary>
public static partial class CaseReads
{
    private const string Whole = "hela ärendet";
    private const string Answers = "svar i uppgifter";

    private static readonly HashSet<string> Plain = ["Literal", "Object", "Json", "Variable", "Input"];

    /// <summary>Names of fields as scripts have them, sorted; one that takes the case itself reads all of it.</summary>
    public static IReadOnlyList<string> Of(JsonObject document)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var script in Scripts(document["root"]))
        {
            foreach (Match read in Case().Matches(script))
                found.Add(read.Groups[1].Success ? read.Groups[1].Value + (read.Groups[2].Success ? "." + read.Groups[2].Value : "") : Whole);
            if (Answer().IsMatch(script)) found.Add(Answers);
        }

        return [.. found];
    }

    private static IEnumerable<string> Scripts(JsonNode? node) => node switch
    {
        JsonObject o when o["expression"] is JsonObject e && DefinitionDocument.String(e, "type") is { } type && !Plain.Contains(type)
            && DefinitionDocument.String(e, "value") is { } script => [script],
        JsonObject o => o.SelectMany(p => Scripts(p.Value)),
        JsonArray a => a.SelectMany(Scripts),
        _ => []
    };

    [GeneratedRegex(@"(?<![.\p{L}\p{Nd}_$])arende(?![\p{L}\p{Nd}_$])(?:\s*\??\.\s*([\p{L}_$][\p{L}\p{Nd}_$]*)(?:\s*\??\.\s*([\p{L}_$][\p{L}\p{Nd}_$]*)(?!\s*\())?)?")]
    private static partial Regex Case();

    [GeneratedRegex("""(?<![\p{L}\p{Nd}_$'"])(?:getSvar\s*\(|svar\s*[.\[]|getVariable\(\s*['"]svar['"])""")]
    private static partial Regex Answer();
}
