using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>
/// Finds English that Studio shows. Studio's own words stand as literals in its assemblies; what is seen on a page and is such
/// a literal has not been translated. What people have typed in a test is the test's own business to name.
/// </summary>
internal static partial class StudioWords
{
    private static readonly Lazy<HashSet<string>> Literals = new(Read);

    // The same word in Swedish, names of languages, types and root steps that are shown as they are, and symbols.
    private static readonly HashSet<string> Spoken = ["JavaScript", "JSON", "Start", "Text", "Status", "Version", "Data", "Id", "Journal", "Test", "OK", "Input", "Flowchart1", "..."];

    /// <summary>What is seen on the page in Studio's English.</summary>
    /// <param name="page">A page with one of Studio's elements.</param>
    /// <param name="typed">Words that the test itself has written into routines.</param>
    public static async Task<IReadOnlyList<string>> OnAsync(IPage page, params string[] typed)
    {
        // Studio draws a word and our dictionary translates it: on a busy machine there is a moment between. What stays is a finding.
        var found = await SeenAsync(page, typed);
        for (var again = 0; found.Count > 0 && again < 5; again++)
        {
            await page.WaitForTimeoutAsync(1000);
            found = await SeenAsync(page, typed);
        }

        return found;
    }

    private static async Task<IReadOnlyList<string>> SeenAsync(IPage page, string[] typed)
    {
        var seen = await page.EvaluateAsync<string[]>("""
            () => {
              const out = new Set(), walk = document.createTreeWalker(document.querySelector('main').ownerDocument.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const parent = walk.currentNode.parentElement;
                if (parent && !parent.closest('script,style,legend,code,.monaco-editor,.activity-label') && parent.checkVisibility()) out.add(walk.currentNode.nodeValue.trim());
              }
              for (const name of ['title', 'placeholder', 'aria-label'])
                for (const e of document.querySelectorAll(`[${name}]`)) if (!e.closest('.monaco-editor') && e.checkVisibility()) out.add(e.getAttribute(name).trim());
              return [...out];
            }
            """);
        return [.. seen.Where(s => s.Length > 1 && Literals.Value.Contains(s) && !Spoken.Contains(s) && !typed.Contains(s) && Letters().IsMatch(s) && !s.Contains('.', StringComparison.Ordinal))];
    }

    private static HashSet<string> Read()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var folder = Path.Combine(Assets.AssetFolders.Package("@elsa-workflows/elsa-studio-wasm"), "_framework");
        foreach (var file in Directory.EnumerateFiles(folder, "Elsa.Studio.*.wasm"))
        {
            // Literals are UTF-16; in Latin-1 each is a run of "letter, zero".
            foreach (Match match in Utf16().Matches(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))) words.Add(match.Value.Replace("\0", "", StringComparison.Ordinal).Trim());
        }

        words.Should().Contain(["Settings", "Add case"], "else the assemblies are read wrongly and nothing would be found");
        words.ExceptWith(StudioTexts());
        return words;
    }

    /// <summary>What the dictionary translates into: some Swedish words are English ones too.</summary>
    private static IEnumerable<string> StudioTexts()
    {
        var file = Path.Combine(Pictures.Root(), "src", "CaseWorkflows.StudioApi", "Static", "Texts", "sv.json");
        return System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!["exact"]!.AsObject().Select(p => (string)p.Value!);
    }

    [GeneratedRegex(@"(?:[\x20-\x7e]\x00){2,}")]
    private static partial Regex Utf16();

    [GeneratedRegex("[A-Za-z]{2}")]
    private static partial Regex Letters();
}
