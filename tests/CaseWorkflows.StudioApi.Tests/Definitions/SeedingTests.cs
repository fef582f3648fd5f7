using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>A folder with faults in it, and a database that is empty.</summary>
public sealed class SeedingTests(StudioApiHost host) : IClassFixture<StudioApiHost>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seed");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_faulty_file_is_a_draft_and_the_rest_is_published()
    {
        Write("bra", Routines.Line("bra", "Bra"));
        Write("startar-bra", Starting("startar-bra", "bra"));
        var faulty = Routines.Line("fel", "Fel");
        faulty["root"]!["activities"]!.AsArray().Add(Routines.WriteLine("ensam", "x").Named("Ensam"));
        Write("fel", faulty);
        Write("startar-fel", Starting("startar-fel", "fel"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "trasig.json"), "{ inte json");

        var seeding = host.Services.GetRequiredService<RoutineSeeding>();
        var seeded = await seeding.RunAsync(_folder.FullName, DateTimeOffset.UtcNow, default);

        seeded.Published.Should().Be(3);
        seeded.Refused.Select(f => (Path.GetFileName(f.Path), f.Findings[0].Message)).Should().BeEquivalentTo(
        [
            ("fel.json", "Steget ’Ensam’ nås aldrig: ingen väg leder dit från början av flödet."),
            ("trasig.json", "Filen går inte att läsa som JSON (rad 1)."),
        ]);
        seeded.Affected.Select(f => (Path.GetFileName(f.Path), f.Findings.Single().Message)).Should().Equal(
            ("startar-fel.json", "Steget ’Starta’ startar rutinen ’fel’, som inte finns eller inte är publicerad. Publicera den först, eller välj en annan."));
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        (await store.FindAsync("startar-bra", VersionOptions.Published, default)).Should().NotBeNull();
        (await store.FindAsync("fel", VersionOptions.Published, default)).Should().BeNull();
        (await store.FindAsync("fel", VersionOptions.Latest, default))!.Version.IsPublished.Should().BeFalse("it is there to be mended");
        (await seeding.RunAsync(_folder.FullName, DateTimeOffset.UtcNow, default)).Should().BeEquivalentTo(new SeededRoutines(0, [], []), "the database is not empty any more");
    }

    private static JsonObject Starting(string id, string other)
    {
        var model = Routines.Line(id, id);
        var step = Gate.Step("Elsa.DispatchWorkflow", "Starta", ("workflowDefinitionId", other));
        step["id"] = "line1";
        model["root"]!["activities"]![1] = step;
        return model;
    }

    private void Write(string name, JsonObject model) => File.WriteAllText(Path.Combine(_folder.FullName, name + ".json"), StableForm.Write(model));
}
