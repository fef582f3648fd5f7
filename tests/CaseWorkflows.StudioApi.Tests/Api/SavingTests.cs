using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>What Studio expects of a save, and what no save may do.</summary>
public sealed class SavingTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    [Fact]
    public async Task A_new_routine_gets_ids_and_the_nulls_that_Studio_sends_are_made_whole()
    {
        var model = JsonNode.Parse("""
            {"definitionId":null,"name":"Workflow 1","description":null,"toolVersion":"3.8.0.0","variables":null,"inputs":null,"outputs":null,"outcomes":null,
             "customProperties":null,"isReadonly":false,"options":null,"root":{"id":"68d6b3d6848bc01c","type":"Elsa.Flowchart","version":1,"name":"Flowchart1"},
             "links":null,"createdAt":"0001-01-01T00:00:00+00:00","version":7,"isLatest":false,"isPublished":true,"id":null}
            """)!.AsObject();
        var answer = await host.As("anna").SaveAsync(model);
        answer.Status.Should().Be(HttpStatusCode.OK, answer.Text);
        var d = answer.Definition;
        d["version"]!.GetValue<int>().Should().Be(1);
        d["isPublished"]!.GetValue<bool>().Should().BeFalse();
        d["isLatest"]!.GetValue<bool>().Should().BeTrue();
        d["id"]!.GetValue<string>().Should().NotBeEmpty();
        d["options"].Should().BeOfType<JsonObject>();
        d["customProperties"].Should().BeOfType<JsonObject>();
        d["variables"].Should().BeOfType<JsonArray>();
        d["root"]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:68d6b3d6848bc01c");
        d["links"]!.AsArray().Select(l => l!["rel"]!.GetValue<string>()).Should().Contain("publish");
    }

    [Fact]
    public async Task A_draft_is_saved_in_place_and_a_published_version_gets_a_successor()
    {
        var client = host.As("anna");
        var first = (await client.SaveAsync(Routines.Line("spara-1", "Spara 1"))).Definition;
        var again = (await client.SaveAsync(Routines.Line("spara-1", "Spara 1", lines: 3))).Definition;
        again["id"]!.GetValue<string>().Should().Be(first["id"]!.GetValue<string>());
        again["version"]!.GetValue<int>().Should().Be(1);

        var published = await client.SaveAsync(Routines.Line("spara-1", "Spara 1", lines: 3), publish: true);
        published.Status.Should().Be(HttpStatusCode.OK, published.Text);
        published.Definition["isPublished"]!.GetValue<bool>().Should().BeTrue();

        var next = (await client.SaveAsync(Routines.Line("spara-1", "Spara 1", lines: 4))).Definition;
        next["version"]!.GetValue<int>().Should().Be(2);
        next["id"]!.GetValue<string>().Should().NotBe(first["id"]!.GetValue<string>());
        next["isPublished"]!.GetValue<bool>().Should().BeFalse();
        var old = (await client.GetAsync("workflow-definitions/by-definition-id/spara-1?versionOptions=Published")).Json;
        old["version"]!.GetValue<int>().Should().Be(1);
        old["isLatest"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task A_repeated_save_changes_nothing()
    {
        var client = host.As("anna");
        var model = Routines.Line(null, "Två gånger");
        var first = (await client.SaveAsync(model)).Definition;
        var retried = (await client.SaveAsync(model)).Definition;
        retried["definitionId"]!.GetValue<string>().Should().Be(first["definitionId"]!.GetValue<string>());

        var id = first["definitionId"]!.GetValue<string>();
        var published = await client.SaveAsync(Routines.Line(id, "Två gånger"), publish: true);
        var publishedAgain = await client.SaveAsync(Routines.Line(id, "Två gånger"), publish: true);
        published.Json["alreadyPublished"]!.GetValue<bool>().Should().BeFalse();
        publishedAgain.Json["alreadyPublished"]!.GetValue<bool>().Should().BeTrue();
        publishedAgain.Definition["version"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task Opening_makes_no_draft()
    {
        var client = host.As("anna", "window-open");
        await client.SaveAsync(Routines.Line("oppna-1", "Öppna"), publish: true);
        var opened = await client.OpenAsync("oppna-1");
        await client.SaveAsync(opened);
        var versions = (await client.GetAsync("workflow-definitions?versionOptions=AllVersions&DefinitionIds=oppna-1")).Json;
        versions["totalCount"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task The_second_editor_is_refused_with_a_name_and_a_time_and_nothing_is_lost()
    {
        var anna = host.As("anna", "window-a");
        var bo = host.As("bo", "window-b");
        await anna.SaveAsync(Routines.Line("tva-1", "Två"));
        await anna.OpenAsync("tva-1");
        await bo.OpenAsync("tva-1");
        (await bo.SaveAsync(Routines.Line("tva-1", "Två", lines: 3))).Status.Should().Be(HttpStatusCode.OK);

        var refused = await anna.SaveAsync(Routines.Line("tva-1", "Två", lines: 5));
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Errors.Single().Should().Contain("Bo Alm").And.Contain("kl.");
        refused.Json["code"]!.GetValue<string>().Should().Be("newer-draft");
        (await host.As("bo").GetAsync("workflow-definitions/by-definition-id/tva-1")).Text.Should().Contain("line3").And.NotContain("line5");

        // What Anna did is kept, and can be brought back.
        var saves = (await anna.GetAsync("workflow-definitions/tva-1/saves")).Json["items"]!.AsArray();
        var hers = saves.First(s => s!["kind"]!.GetValue<string>() == "refused")!;
        hers["savedByName"]!.GetValue<string>().Should().Be("Anna Ek");
        var restored = await anna.PostAsync($"workflow-definitions/tva-1/saves/{hers["id"]}/restore");
        restored.Status.Should().Be(HttpStatusCode.OK, restored.Text);
        restored.Text.Should().Contain("line5");
    }

    [Fact]
    public async Task S_3_of_two_regions_that_save_one_id_at_once_one_has_it_and_the_other_is_refused()
    {
        for (var round = 0; round < 8; round++)
        {
            var id = $"samtidig-{round}";
            var answers = await Task.WhenAll(new[] { "vgr", "ro", "vgr", "ro" }.Select(user => host.As(user).SaveAsync(Routines.Line(id, $"Rutin hos {user}"))));
            var made = answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Definition["name"]!.GetValue<string>()).Distinct().ToList();
            made.Should().ContainSingle("a repeated save of the same is the same answer");
            answers.Where(a => a.Status != HttpStatusCode.OK).Should().HaveCount(2).And.OnlyContain(a => a.Status == HttpStatusCode.NotFound, "what another region has is not there");
            var store = host.Services.GetRequiredService<IDefinitionStore>();
            (await store.FindAsync(id, VersionOptions.Latest, default))!.Version.Should().BeEquivalentTo(new { Name = made[0], Version = 1, Region = made[0].EndsWith("vgr", StringComparison.Ordinal) ? "VGR" : "RÖ" });
        }
    }

    [Fact]
    public async Task A_publication_that_is_sent_again_at_once_publishes_one_version()
    {
        for (var round = 0; round < 4; round++)
        {
            var id = $"igen-{round}";
            var client = host.As("anna");
            await client.SaveAsync(Routines.Line(id, "Igen"), publish: true);
            await client.SaveAsync(Routines.Line(id, "Igen", lines: 3));
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 3 == 2
                ? host.As("anna").SaveAsync(Routines.Line(id, "Igen", lines: 3), publish: true)
                : host.As("anna").PostAsync($"workflow-definitions/{id}/publish")));
            answers.Should().OnlyContain(a => a.Status == HttpStatusCode.OK, string.Join('\n', answers.Select(a => a.Text[..Math.Min(300, a.Text.Length)])));
            answers.Count(a => !a.Json["alreadyPublished"]!.GetValue<bool>()).Should().Be(1);
            var versions = (await client.GetAsync($"workflow-definitions?versionOptions=AllVersions&DefinitionIds={id}")).Json["items"]!.AsArray();
            versions.Select(v => (v!["version"]!.GetValue<int>(), v["isPublished"]!.GetValue<bool>())).Should().BeEquivalentTo([(1, false), (2, true)]);
            var history = (await client.GetAsync($"workflow-definitions/{id}/history")).Json["items"]!.AsArray();
            history.Count(e => e!["event"]!.GetValue<string>() == "Publicerad").Should().Be(2);
        }
    }

    [Fact]
    public async Task Ones_own_saves_never_stand_in_ones_way()
    {
        var anna = host.As("anna", "window-fast");
        await anna.SaveAsync(Routines.Line("snabb-1", "Snabb"));
        await anna.OpenAsync("snabb-1");
        var revision = anna.Revision;
        for (var lines = 3; lines < 6; lines++)
        {
            // Auto-saves overlap: each still carries the revision from before the others' answers.
            anna.Revision = revision;
            (await anna.SaveAsync(Routines.Line("snabb-1", "Snabb", lines))).Status.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_save_that_drops_most_steps_of_a_published_routine_is_refused_until_confirmed()
    {
        var client = host.As("anna");
        await client.SaveAsync(Routines.Line("tapp-1", "Tapp", lines: 8), publish: true);
        var wiped = Routines.Of("tapp-1", "Tapp", [Routines.WriteLine("ny", "x")], []);

        var refused = await client.SaveAsync(wiped);
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Json["code"]!.GetValue<string>().Should().Be("drops-steps");
        refused.Errors.Single().Should().Contain("10 av rutinens 10 steg");
        (await client.GetAsync("workflow-definitions/by-definition-id/tapp-1")).Text.Should().Contain("line8");

        var other = Routines.Of("tapp-1", "Tapp", [Routines.WriteLine("annan", "x")], []);
        (await client.SaveAsync(other, false, ("X-Confirmed", refused.Headers["X-Confirm"]))).Status.Should().Be(HttpStatusCode.BadRequest, "a yes is to what was shown");
        var confirmed = await client.SaveAsync(wiped, false, ("X-Confirmed", refused.Headers["X-Confirm"]));
        confirmed.Status.Should().Be(HttpStatusCode.OK, confirmed.Text);
        confirmed.Definition["version"]!.GetValue<int>().Should().Be(2);
    }

    [Theory]
    [InlineData("{ o", "serializerErrors")]
    [InlineData("[]", "serializerErrors")]
    [InlineData("""{"model":{"name":"a","name":"b"}}""", "serializerErrors")]
    [InlineData("{}", "generalErrors")]
    [InlineData("""{"model":{"name":"utan flöde"}}""", "generalErrors")]
    [InlineData("""{"model":{"name":"","root":{"id":"f","type":"Elsa.Flowchart","version":1}}}""", "name")]
    public async Task What_cannot_be_saved_is_a_400_with_a_Swedish_sentence(string body, string field)
    {
        var answer = await host.As("anna").SendAsync("POST", "workflow-definitions", raw: body);
        answer.Status.Should().Be(HttpStatusCode.BadRequest, answer.Text);
        answer.Json["errors"]![field].Should().NotBeNull(answer.Text);
    }

    [Fact]
    public async Task A_kind_of_root_that_does_not_run_here_is_refused()
    {
        var model = Routines.Line(null, "Tillstånd");
        model["root"]!["type"] = "Elsa.StateMachine";
        var answer = await host.As("anna").SaveAsync(model);
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Errors.Single().Should().Contain("StateMachine");
    }

    [Fact]
    public async Task Retract_revert_and_delete_keep_every_version_readable()
    {
        var client = host.As("anna");
        var first = (await client.SaveAsync(Routines.Line("aterga-1", "Återgå"), publish: true)).Definition;
        await client.SaveAsync(Routines.Line("aterga-1", "Återgå", lines: 3), publish: true);

        var reverted = await client.PostAsync("workflow-definitions/aterga-1/revert/1");
        reverted.Status.Should().Be(HttpStatusCode.Created);
        reverted.Json["version"]!.GetValue<int>().Should().Be(3);
        reverted.Headers["Location"].Should().EndWith($"/workflow-definitions/by-id/{reverted.Json["id"]}");
        (await client.GetAsync("workflow-definitions/by-definition-id/aterga-1")).Text.Should().NotContain("line3");

        var retracted = await client.PostAsync("workflow-definitions/aterga-1/retract");
        retracted.Json["isPublished"]!.GetValue<bool>().Should().BeFalse();
        (await client.GetAsync("workflow-definitions/by-definition-id/aterga-1?versionOptions=Published")).Status.Should().Be(HttpStatusCode.NotFound);

        (await client.SendAsync("DELETE", "workflow-definitions/aterga-1")).Status.Should().Be(HttpStatusCode.NoContent);
        (await client.SendAsync("DELETE", "workflow-definitions/aterga-1")).Status.Should().Be(HttpStatusCode.NotFound);
        (await client.GetAsync($"workflow-definitions/by-id/{first["id"]}")).Status.Should().Be(HttpStatusCode.OK, "instances may still show it");
        (await client.PostAsync("workflow-definitions/aterga-1/undelete")).Json["restored"]!.GetValue<bool>().Should().BeTrue();
        (await client.GetAsync("workflow-definitions/by-definition-id/aterga-1")).Status.Should().Be(HttpStatusCode.OK);

        var history = (await client.GetAsync("workflow-definitions/aterga-1/history")).Json["items"]!.AsArray().Select(e => e!["event"]!.GetValue<string>());
        history.Should().Contain(["Skapad", "Publicerad", "Återställd", "Avpublicerad", "Borttagen", "Återtagen efter borttagning"]);
    }

    [Fact]
    public async Task Who_published_when_and_why_is_in_the_history()
    {
        var client = host.As("bo");
        await client.SaveAsync(Routines.Line("varfor-1", "Varför"), true, ("X-Publish-Reason", Uri.EscapeDataString("Ny rutin från måndag, åäö")));
        var published = (await client.GetAsync("workflow-definitions/varfor-1/history")).Json["items"]!.AsArray().First(e => e!["event"]!.GetValue<string>() == "Publicerad")!;
        published["personName"]!.GetValue<string>().Should().Be("Bo Alm");
        published["reason"]!.GetValue<string>().Should().Be("Ny rutin från måndag, åäö");
        published["version"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task The_history_cannot_be_changed()
    {
        await host.As("anna").SaveAsync(Routines.Line("kedja-1", "Kedja"), publish: true);
        await using var update = host.Database.DataSource.CreateCommand("update workflow_definition_event set person_name = 'någon annan'");
        await update.Invoking(c => c.ExecuteNonQueryAsync()).Should().ThrowAsync<Npgsql.PostgresException>();
    }

    [Fact]
    public async Task Saves_older_than_thirty_days_go()
    {
        await host.As("anna").SaveAsync(Routines.Line("gallra-1", "Gallra"));
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        await store.RemoveOldSavesAsync(DateTimeOffset.UtcNow.AddDays(29), default);
        (await store.SavesAsync("gallra-1", default)).Should().NotBeEmpty();
        await store.RemoveOldSavesAsync(DateTimeOffset.UtcNow.AddDays(31), default);
        (await store.SavesAsync("gallra-1", default)).Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_opens_a_routine_sees_who_else_has_it_open()
    {
        await host.As("anna").SaveAsync(Routines.Line("narvaro-1", "Närvaro"));
        (await host.As("anna", "s1").PostAsync("workflow-definitions/narvaro-1/presence")).Json["others"]!.AsArray().Should().BeEmpty();
        var others = (await host.As("bo", "s2").PostAsync("workflow-definitions/narvaro-1/presence")).Json["others"]!.AsArray();
        others.Single()!["personName"]!.GetValue<string>().Should().Be("Anna Ek");
        others.Single()!["since"].Should().NotBeNull();
        await host.As("anna", "s1").SendAsync("DELETE", "workflow-definitions/narvaro-1/presence");
        (await host.As("bo", "s2").PostAsync("workflow-definitions/narvaro-1/presence")).Json["others"]!.AsArray().Should().BeEmpty();
    }
}
