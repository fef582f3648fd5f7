using System.Text.RegularExpressions;

namespace CaseWorkflows.Host.Tests.House;

/// <summary>
/// F-1: a database connection keeps one reader object and one transaction object, and uses them again for whoever has it next. What is disposed
/// by its <c>using</c> and by hand as well takes the next caller's rows, so nothing is.
/// </summary>
public sealed partial class OneDisposeTests
{
    [Fact]
    public void F_1_what_a_using_disposes_is_not_disposed_or_closed_by_hand() =>
        SourceTree.Files("src", ".cs").Where(f => TwiceIn(File.ReadAllText(f)).Count > 0).Should().BeEmpty();

    [Theory]
    [InlineData("await using var reader = await c.ExecuteReaderAsync(ct);\nawait reader.DisposeAsync();", 1)]
    [InlineData("await using (var reader = await c.ExecuteReaderAsync(ct)) { await reader.CloseAsync(); }", 1)]
    [InlineData("using var c = Open();\nc.Close();", 1)]
    [InlineData("await using var reader = await c.ExecuteReaderAsync(ct);", 0)]
    [InlineData("try { } catch { await connection.DisposeAsync(); }", 0)]
    public void Such_a_line_is_found(string source, int lines) => TwiceIn(source).Should().HaveCount(lines);

    private static List<string> TwiceIn(string source) =>
        [.. Using().Matches(source).Select(m => m.Groups[1].Value).Distinct().Where(name => Regex.IsMatch(source, $@"\b{name}\.(Dispose|DisposeAsync|Close|CloseAsync)\("))];

    [GeneratedRegex(@"\busing\s*\(?\s*var\s+(\w+)\s*=")]
    private static partial Regex Using();
}
