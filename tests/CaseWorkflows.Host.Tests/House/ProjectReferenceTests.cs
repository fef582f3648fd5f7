using System.Xml.Linq;

namespace CaseWorkflows.Host.Tests.House;

/// <summary>Dependencies point one way: Host → Web, StudioApi → Cases → Runtime → Engine. Assets is a leaf, Testing stands on top.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Engine"] = [],
        ["Assets"] = [],
        ["Runtime"] = ["Engine"],
        ["Cases"] = ["Engine", "Runtime"],
        ["StudioApi"] = ["Engine", "Runtime", "Cases", "Assets"],
        ["Web"] = ["Engine", "Runtime", "Cases", "Assets"],
        ["Host"] = ["Engine", "Runtime", "Cases", "StudioApi", "Web", "Assets"],
        ["Testing"] = ["Engine", "Runtime", "Cases", "StudioApi", "Web", "Assets", "Host"],
    };

    [Fact]
    public void Every_project_in_src_has_its_place() => References().Keys.Should().BeEquivalentTo(Allowed.Keys);

    [Fact]
    public void No_reference_points_the_other_way() =>
        References().SelectMany(p => p.Value.Except(Allowed[p.Key]).Select(to => $"{p.Key} → {to}")).Should().BeEmpty();

    [Theory]
    [InlineData("Engine", "Microsoft.AspNetCore")]
    [InlineData("Engine", "Npgsql")]
    [InlineData("Engine", "System.Net.Http")]
    [InlineData("Runtime", "Microsoft.EntityFrameworkCore")]
    public void What_a_project_must_not_know_it_does_not_use(string project, string ns) =>
        SourceTree.Files($"src/CaseWorkflows.{project}", ".cs")
            .Where(f => File.ReadLines(f).Any(line => line.StartsWith("using " + ns, StringComparison.Ordinal)))
            .Select(SourceTree.Relative).Should().BeEmpty();

    [Fact]
    public void Nothing_in_src_knows_the_tests() =>
        SourceTree.Files("src", ".csproj").Where(f => File.ReadAllText(f).Contains("tests/", StringComparison.Ordinal)).Should().BeEmpty();

    private static Dictionary<string, List<string>> References() =>
        SourceTree.Files("src", ".csproj").ToDictionary(
            Name,
            file => XDocument.Load(file).Descendants("ProjectReference").Select(r => Name(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToList());

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file)["CaseWorkflows.".Length..];
}
