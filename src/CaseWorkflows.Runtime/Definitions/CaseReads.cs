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
        foreach (var script in Scripts(document["root"])) found.UnionWith(Of(script));
        return [.. found];
    }

    private static IEnumerable<string> Of(string script)
    {
        foreach (Match read in Case().Matches(script))
            yield return read.Groups[1].Success ? read.Groups[1].Value + (read.Groups[2].Success ? "." + read.Groups[2].Value : "") : Whole;
        if (Answer().IsMatch(script)) yield return Answers;
    }

    /// <summary>Wherever they stand: an input, a switch's condition, a row of a list, an input that nobody knows.</summary>
    private static IEnumerable<string> Scripts(JsonNode? node) => node switch
    {
        JsonObject o => (Script(o) is { } own ? [own] : Enumerable.Empty<string>()).Concat(o.SelectMany(p => Scripts(p.Value))),
        JsonArray a => a.SelectMany(Scripts),
        _ => []
    };

    private static string? Script(JsonObject o)
    {
        if (DefinitionDocument.String(o, "type") is not { } type) return null;
        // This step takes its script as a plain text too.
        if (type == "Elsa.RunJavaScript") return DefinitionDocument.String(o["script"]?["expression"] as JsonObject ?? o, o["script"] is JsonObject ? "value" : "script") is { } text ? Read(text) : null;
        return !Plain.Contains(type) && DefinitionDocument.String(o, "value") is { } script ? Read(script) : null;
    }

    /// <summary>A name may be written with escapes, and the case reached as a property of what holds all names.</summary>
    private static string Read(string script) => Global().Replace(Escape().Replace(script, m =>
        int.TryParse(m.Groups[1].Value + m.Groups[2].Value, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var code) && code is > 0 and < 0xD800
            ? ((char)code).ToString() : m.Value), "arende;");

    [GeneratedRegex(@"(?<![.\p{L}\p{Nd}_$])arende(?![\p{L}\p{Nd}_$])(?:\s*\??\.\s*([\p{L}_$][\p{L}\p{Nd}_$]*)(?:\s*\??\.\s*([\p{L}_$][\p{L}\p{Nd}_$]*)(?![\p{L}\p{Nd}_$]|\s*\())?)?")]
    private static partial Regex Case();

    [GeneratedRegex(@"\\u(?:([0-9a-fA-F]{4})|\{0*([0-9a-fA-F]{1,4})\})")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<![.\p{L}\p{Nd}_$])(?:globalThis|this)(?![\p{L}\p{Nd}_$])")]
    private static partial Regex Global();

    [GeneratedRegex("""(?<![\p{L}\p{Nd}_$'"])(?:getSvar\s*\(|svar\s*[.\[]|getVariable\(\s*['"]svar['"])""")]
    private static partial Regex Answer();
}
