using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Web.Rules;

/// <summary>The rules by id, read from the rule document that the assembly carries, so that a step leads to the sentence that demands it.</summary>
internal static partial class RuleBook
{
    private static readonly Lazy<FrozenDictionary<string, Rule>> Rules = new(Load);

    public static Rule? Find(string id) => Rules.Value.GetValueOrDefault(id.ToUpperInvariant());

    private static FrozenDictionary<string, Rule> Load()
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream("rules/RULES.md");
        return stream is null ? FrozenDictionary<string, Rule>.Empty : Parse(new StreamReader(stream).ReadToEnd()).ToFrozenDictionary(r => r.Id);
    }

    internal static IEnumerable<Rule> Parse(string text)
    {
        foreach (var section in Heading().Split(text).Skip(1).Chunk(3))
        {
            var body = NextPart().Split(section[2])[0].Trim();
            var source = Source().Match(body) is { Success: true } m ? m.Groups[1].Value.Trim() : null;
            var parts = Part().Split(body);
            yield return new Rule(section[0], section[1].Trim(), source,
                [.. parts.Skip(1).Chunk(2).Select(p => new RulePart(p[0], p[1].Trim()))]);
        }

        foreach (Match row in Row().Matches(text)) yield return new Rule(row.Groups[1].Value, row.Groups[1].Value, null, [new RulePart("Rule", row.Groups[2].Value.Trim())]);
    }

    [GeneratedRegex(@"^### ((?:[A-Z][A-Z0-9]*)-\d+) · (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^#{1,3} |^---\s*$", RegexOptions.Multiline)]
    private static partial Regex NextPart();

    [GeneratedRegex(@"source: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Source();

    [GeneratedRegex(@"^\*\*([^*]+?)\.?\*\*", RegexOptions.Multiline)]
    private static partial Regex Part();

    // Conventions (D) and gaps (X) stand in tables.
    [GeneratedRegex(@"^\| ((?:D|X)-\d+) \| (.+) \|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
