using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Enforced on every call, and told to Studio by its links.</summary>
public sealed class RightsTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    [Fact]
    public async Task Nobody_is_401_and_staff_are_403()
    {
        foreach (var path in new[] { "workflow-definitions", "descriptors/activities", "workflow-instances/x", "features/installed", "package/version" })
        {
            (await host.As("ingen").GetAsync(path)).Status.Should().Be(HttpStatusCode.Unauthorized, path);
            (await host.As("personal").GetAsync(path)).Status.Should().Be(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task An_auditor_reads_and_changes_nothing()
    {
        await host.As("anna").SaveAsync(Routines.Line("las-1", "Läs"), publish: true);
        var auditor = host.As("revisor");
        var list = (await auditor.GetAsync("workflow-definitions?versionOptions=Latest")).Json;
        Rels(list).Should().NotContain("bulk-publish");
        Rels(list["items"]!.AsArray().First(i => i!["definitionId"]!.GetValue<string>() == "las-1")!).Should().NotContain("publish");
        Rels((await auditor.GetAsync("workflow-definitions/by-definition-id/las-1")).Json).Should().NotContain("publish");

        (await auditor.SaveAsync(Routines.Line("las-1", "Läs", 5))).Status.Should().Be(HttpStatusCode.Forbidden);
        (await auditor.SaveAsync(Routines.Line(null, "Ny"))).Status.Should().Be(HttpStatusCode.Forbidden);
        foreach (var path in new[] { "publish", "retract", "revert/1", "execute", "dispatch", "undelete" })
            (await auditor.PostAsync($"workflow-definitions/las-1/{path}")).Status.Should().Be(HttpStatusCode.Forbidden, path);
        (await auditor.SendAsync("DELETE", "workflow-definitions/las-1")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await auditor.PostAsync("bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray("las-1") })).Json["deleted"]!.GetValue<int>().Should().Be(0);
        (await auditor.GetAsync("workflow-definitions/by-definition-id/las-1")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_regions_routine_does_not_exist_and_a_shared_one_is_for_reading()
    {
        await SeedAsync("ro-rutin", "RÖ");
        await SeedAsync("vgr-rutin", "VGR");
        await SeedAsync("delad-rutin", DefinitionFiles.Shared);
        var vera = host.As("vgr");
        (await vera.GetAsync("workflow-definitions/by-definition-id/ro-rutin")).Status.Should().Be(HttpStatusCode.NotFound);
        (await vera.SaveAsync(Routines.Line("ro-rutin", "Övertagen"))).Status.Should().Be(HttpStatusCode.NotFound);
        (await vera.PostAsync("workflow-definitions/import", Routines.Line("ro-rutin", "Övertagen"))).Status.Should().Be(HttpStatusCode.NotFound);
        (await vera.SendAsync("DELETE", "workflow-definitions/ro-rutin")).Status.Should().Be(HttpStatusCode.NotFound);

        Rels((await vera.GetAsync("workflow-definitions/by-definition-id/delad-rutin")).Json).Should().NotContain("publish");
        (await vera.SaveAsync(Routines.Line("delad-rutin", "Delad", 7))).Status.Should().Be(HttpStatusCode.Forbidden);
        (await vera.SaveAsync(Routines.Line("vgr-rutin", "Egen", 7))).Status.Should().Be(HttpStatusCode.OK);
        var listed = (await vera.GetAsync("workflow-definitions?versionOptions=Latest")).Json["items"]!.AsArray().Select(i => i!["definitionId"]!.GetValue<string>());
        listed.Should().Contain(["vgr-rutin", "delad-rutin"]).And.NotContain("ro-rutin");
    }

    [Fact]
    public async Task A_new_routine_belongs_to_its_makers_region()
    {
        var made = (await host.As("vgr").SaveAsync(Routines.Line(null, "Vår egen"))).Definition;
        var region = await host.Services.GetRequiredService<IDefinitionStore>().RegionOfAsync(made["definitionId"]!.GetValue<string>(), default);
        region.Should().Be("VGR");
    }

    [Fact]
    public async Task Dangerous_steps_are_offered_to_developers_only_and_refused_from_others()
    {
        (await BrowsableAsync("utvecklare")).Should().Contain("Acme.TestDanger");
        (await BrowsableAsync("anna")).Should().NotContain("Acme.TestDanger");

        var danger = Routines.Step("d", "Acme.TestDanger").Named("Farligt");
        danger["code"] = Routines.Literal("1");
        var model = Routines.Of("farlig-1", "Farlig", [Routines.Step("start", "Elsa.Start"), danger], [Routines.Arrow("start", "Done", "d")]);
        var refused = await host.As("anna").SaveAsync(model);
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Errors.Single().Should().Contain("’Farligt’").And.Contain("utvecklare");
        (await host.As("anna").PostAsync("workflow-definitions/import", model)).Status.Should().Be(HttpStatusCode.BadRequest);

        var developer = host.As("utvecklare");
        (await developer.SaveAsync(model, publish: true)).Status.Should().Be(HttpStatusCode.OK);
        // Others may move and rename it, and change what is around it, but not what it runs.
        var around = (JsonObject)model.DeepClone();
        around["root"]!["activities"]!.AsArray().Add(Routines.WriteLine("mer", "x"));
        around["root"]!["activities"]![1]!["metadata"]!["designer"]!["position"]!["x"] = 500;
        (await host.As("anna").SaveAsync(around)).Status.Should().Be(HttpStatusCode.OK);
        around["root"]!["activities"]![1]!["code"] = Routines.Literal("2");
        (await host.As("anna").SaveAsync(around)).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    private async Task<List<string>> BrowsableAsync(string user) =>
        [.. (await host.As(user).GetAsync("descriptors/activities")).Json["items"]!.AsArray().Where(i => i!["isBrowsable"]!.GetValue<bool>()).Select(i => i!["typeName"]!.GetValue<string>())];

    private async Task SeedAsync(string id, string region) => await host.Services.GetRequiredService<IDefinitionStore>().SaveAsync(new SaveDraft
    {
        DefinitionId = id,
        Document = Routines.Line(id, id),
        Region = region,
        Change = new DefinitionChange("p-vgr", "Vera Gran", DateTimeOffset.UtcNow),
    }, default);

    private static IEnumerable<string> Rels(JsonNode node) => node["links"]!.AsArray().Select(l => l!["rel"]!.GetValue<string>());
}
