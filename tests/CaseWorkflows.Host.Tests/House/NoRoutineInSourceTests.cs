using System.Text.Json;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Host.Tests.House;

/// <summary>
/// Nothing about a named routine stands in src/: no definition id, no unit (id or name), no case-type code. The words are
/// read from workflows/, so that a new routine is guarded from its first day.
/// </summary>
public sealed class NoRoutineInSourceTests
{
    private static readonly string[] Endings = [".cs", ".razor", ".resx", ".sql", ".js", ".mjs", ".css", ".html", ".json", ".csproj"];

    [Fact]
    public void No_definition_id_occurs_in_src() => Occurrences(DefinitionIds().Select(Word)).Should().BeEmpty();

    [Fact]
    public void No_unit_occurs_in_src() =>
        Occurrences(Reference("units", "name").Select(Word).Concat(Reference("units", "id").Select(Literal))).Should().BeEmpty();

    /// <summary>A code such as ”recept” is an ordinary Swedish word, so it counts where a program would use it: as a literal.</summary>
    [Fact]
    public void No_case_type_code_occurs_in_src() => Occurrences(Reference("case_types", "code").Select(Literal)).Should().BeEmpty();

    [Fact]
    public void The_words_are_really_read()
    {
        DefinitionIds().Should().NotBeEmpty();
        Reference("units", "name").Should().NotBeEmpty();
        Reference("case_types", "code").Should().NotBeEmpty();
    }

    private static string Word(string text) => $@"(?<![\w-]){Regex.Escape(text)}(?![\w-])";

    private static string Literal(string text) => $@"[""'”>]{Regex.Escape(text)}[""'”<]";

    /// <summary>Reference data and demo cases are lists; a definition is an object.</summary>
    private static List<string> DefinitionIds() => [.. SourceTree.Files("workflows", ".json").Select(DefinitionId).OfType<string>()];

    private static string? DefinitionId(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("root", out _)) return null;
        return document.RootElement.TryGetProperty("definitionId", out var id) && id.GetString() is { Length: > 0 } text ? text : Path.GetFileNameWithoutExtension(file);
    }

    private static List<string> Reference(string kind, string property)
    {
        var file = Path.Combine(SourceTree.Root, "workflows", "reference", kind + ".json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.EnumerateArray().Select(e => e.GetProperty(property).GetString()!).Distinct()];
    }

    private static List<string> Occurrences(IEnumerable<string> patterns)
    {
        var any = new Regex(string.Join('|', patterns), RegexOptions.CultureInvariant);
        return [.. from file in SourceTree.Files("src", Endings)
                   where Path.GetFileName(file) != "package-lock.json"
                   from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
                   let match = any.Match(line.Text)
                   where match.Success
                   select $"{SourceTree.Relative(file)}:{line.Number}: {match.Value}"];
    }
}
