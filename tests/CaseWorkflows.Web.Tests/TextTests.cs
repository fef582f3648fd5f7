using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CaseWorkflows.Web.Texts;

namespace CaseWorkflows.Web.Tests;

public sealed class TextTests
{
    [Fact]
    public void Every_text_that_a_page_names_exists_and_none_is_left_over()
    {
        var folder = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src", "CaseWorkflows.Web");
        var source = string.Concat(Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText));
        var quoted = Regex.Matches(source, "\"([a-z]+(?:\\.[a-zA-Z0-9]+)+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        // Keys put together at run time: "view.x" + ".tab", "error.{status}.title", "task.state." + state, "rows." + column, "incident.cause." + cause, "undelivered." + kind.
        var composed = new Regex("^(view|undelivered|error|task\\.state|rows|rule\\.part|incident\\.(cause|advice|skipmeans)|keys|form\\.error)\\b");
        var texts = new ResourceManager("CaseWorkflows.Web.Texts.Texts", typeof(CaseWeb).Assembly)
            .GetResourceSet(System.Globalization.CultureInfo.InvariantCulture, true, true)!
            .Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key).ToHashSet();

        Regex.Matches(source, "\\bT\\(\"([^\"$+]+)\"").Select(m => m.Groups[1].Value).Where(k => !k.EndsWith('.')).Should().BeSubsetOf(texts);
        texts.Where(t => !composed.IsMatch(t)).Should().BeSubsetOf(quoted);
    }

    [Fact]
    public void A_missing_text_is_a_fault() =>
        FluentActions.Invoking(() => Text.T("finns.inte")).Should().Throw<KeyNotFoundException>();

    private static string Here([CallerFilePath] string path = "") => path;
}
