using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>The folder of routines and the database, both ways.</summary>
public sealed class FilesTests(StudioApiHost host) : IClassFixture<StudioApiHost>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routines").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_empty_database_starts_with_the_folder_and_gives_it_back_unchanged()
    {
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        await WriteAsync("vgr/fil-1.json", StableForm.Write(Routines.Line("fil-1", "Fil 1")));
        await WriteAsync("gemensamt/fil-2.json", StableForm.Write(Routines.Line("fil-2", "Fil 2")));
        await WriteAsync("reference/units.json", "[]");
        var seeder = host.Services.GetRequiredService<DefinitionSeeder>();
        (await seeder.SeedAsync(_folder, DateTimeOffset.UtcNow, default)).Should().Be(2);
        (await seeder.SeedAsync(_folder, DateTimeOffset.UtcNow, default)).Should().Be(0, "it is not empty any more");
        (await store.RegionOfAsync("fil-1", default)).Should().Be("VGR");
        (await store.FindAsync("fil-2", VersionOptions.Published, default))!.Version.Region.Should().Be(DefinitionFiles.Shared);
        (await WorkflowFilesExport.RunAsync(store, _folder, default)).Should().BeEmpty("nothing was edited");

        var change = new DefinitionChange("p", "P", DateTimeOffset.UtcNow);
        await store.SaveAsync(new SaveDraft { DefinitionId = "fil-1", Document = Routines.Line("fil-1", "Fil 1", lines: 3), Region = "VGR", Change = change, Force = true }, default);
        await store.PublishAsync("fil-1", change, default);
        (await WorkflowFilesExport.RunAsync(store, _folder, default)).Select(p => Path.GetFileName(p)).Should().Equal("fil-1.json");

        // A file that somebody edited: told first, then taken in as a draft.
        await WriteAsync("vgr/fil-1.json", StableForm.Write(Routines.Line("fil-1", "Fil 1", lines: 4)));
        var told = await WorkflowFilesImport.RunAsync(store, _folder, DateTimeOffset.UtcNow, apply: false, default);
        told.Should().Contain("fil-2: Oförändrad").And.ContainSingle(l => l.StartsWith("fil-1: Ändras: nya steg line4"));
        (await store.FindAsync("fil-1", VersionOptions.Latest, default))!.Version.IsPublished.Should().BeTrue("telling changes nothing");
        await WorkflowFilesImport.RunAsync(store, _folder, DateTimeOffset.UtcNow, apply: true, default);
        (await store.FindAsync("fil-1", VersionOptions.Latest, default))!.Version.Version.Should().Be(3);
    }

    [Fact]
    public async Task Checking_a_folder_needs_no_database_and_names_each_fault_with_its_file()
    {
        await WriteAsync("vgr/bra.json", StableForm.Write(Routines.Line("bra", "Bra")));
        await WriteAsync("vgr/trasig.json", "{ inte json");
        var lonely = Routines.Line("fel", "Fel");
        lonely["root"]!["activities"]!.AsArray().Add(Routines.WriteLine("ensam", "x").Named("Ensam"));
        await WriteAsync("vgr/fel.json", StableForm.Write(lonely));
        var results = await WorkflowFilesCheck.RunAsync(_folder, ActivityRegistry.CreateDefault());
        results.Select(r => (Path.GetFileName(r.Path), r.Findings.Select(f => f.Code).FirstOrDefault())).Should().Equal(("bra.json", null), ("fel.json", "unreachable"), ("trasig.json", "json"));
    }

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
    }
}
