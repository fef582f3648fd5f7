using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>D-14: what one may not see does not exist, or is refused and audited.</summary>
public sealed class AccessTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task D14_another_region_gets_404_and_lists_show_nothing()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        foreach (var stranger in new[] { "ro.ssk1", "rg.koord" })
        {
            (await host.Get(stranger, $"/cases/{id}")).Should(404);
            (await host.Get(stranger, $"/tasks/{task}")).Should(404);
            (await host.Post(stranger, $"/tasks/{task}/complete", new { outcome = "Besvara själv" })).Should(404);
            (await host.Get(stranger, "/cases")).Should200().Body!["items"]!.AsArray().Should().BeEmpty();
        }
    }

    [Fact]
    public async Task D14_inside_the_region_it_is_403_with_a_history_entry_and_no_personal_data()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        foreach (var answer in new[]
        {
            await host.Get("onk2.mott", $"/cases/{id}"), await host.Get("onk2.mott", $"/tasks/{task}"),
            await host.Post("onk.lakare", $"/tasks/{task}/complete", new { outcome = "Besvara själv", fields = new { svarstext = "Hej" } })
        })
        {
            answer.Should(403);
            answer.Text.Should().NotContain("Hemlig");
        }

        var refused = (await host.History(id)).Where(h => h["refused"]!.GetValue<bool>()).ToList();
        refused.Should().HaveCount(3);
        refused.Should().Contain(h => h["actor"]!["userName"]!.ToString() == "onk.lakare" && h["task"]!.ToString() == "Fördela ärende");
        (await host.Get("admin", $"/tasks/{task}")).Body!["state"]!.ToString().Should().Be("Öppen");
    }

    [Fact]
    public async Task ONK09_receivers_see_their_clinic_and_no_other()
    {
        var id = await host.Case(new { unit = "onk3" });
        (await host.Get("onk3.mott", "/cases?unit=onk3")).Body!["items"]!.AsArray().Select(c => c!["id"]!.ToString()).Should().Contain(id);
        (await host.Get("onk1.mott.a", "/cases")).Body!["items"]!.AsArray().Select(c => c!["id"]!.ToString()).Should().NotContain(id);
    }

    [Fact]
    public async Task Cases_are_found_by_what_people_know_of_them()
    {
        var id = await host.Case(new { unit = "onk2", caseType = "Kontakta mig", subject = "100 % säker_fråga", patient = new { name = "Åke Sökman", personalNumber = "19121212-1212" } });
        await host.Case(new { unit = "onk2", subject = "1000 säkerafråga" });
        foreach (var query in new[] { "q=åke sök", "q=121212-1212", "q=100 % säker_fråga", "caseType=Kontakta mig", "status=Inkommet&caseType=kontakta_mig", "from=2026-04-02&to=2026-04-02&q=Sökman" })
            (await host.Get("onk2.mott", $"/cases?unit=Onkologimottagning 2&{Uri.EscapeDataString(query).Replace("%3D", "=").Replace("%26", "&")}")).Should200()
                .Body!["items"]!.AsArray().Select(c => c!["id"]!.ToString()).Should().Equal([id], query);
        foreach (var query in new[] { "q=finns inte", "flag=Eskalerat", "owner=onk1.hant", "to=2026-04-01", "open=false" })
            (await host.Get("onk2.mott", $"/cases?unit=onk2&{query}")).Body!["items"]!.AsArray().Should().BeEmpty(query);
        var first = (await host.Get("onk2.mott", "/cases?unit=onk2&limit=1")).Body!;
        first["next"].Should().NotBeNull();
        (await host.Get("onk2.mott", $"/cases?unit=onk2&limit=1&cursor={first["next"]}")).Body!["items"]![0]!["id"]!.ToString().Should().NotBe(first["items"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task An_auditor_reads_what_happened_and_not_what_patients_wrote()
    {
        var id = await host.Case(new { patient = new { name = "Tolvan" } });
        var seen = (await host.Get("revisor", $"/cases/{id}")).Should200();
        seen.Text.Should().NotContain("Hemlig").And.NotContain("Tolvan");
        (await host.Get("revisor", $"/cases/{id}/history")).Should200();
        (await host.Get("revisor", $"/cases/{id}/messages")).Should(403);
        (await host.Get("revisor", "/tasks?view=all")).Should200();
        (await host.Get("onk1.mott.a", "/tasks?view=all")).Should(403);
    }

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        ((int)(await client.GetAsync("/api/tasks")).StatusCode).Should().Be(401);
        var me = (await host.Get("onk1.mott.a", "/me")).Should200();
        me.Body!["name"]!.ToString().Should().Be("Ärendemottagare A, Onkologimottagning 1");
        me.Body["roles"]!.AsArray().Should().ContainSingle().Which!["unit"]!.ToString().Should().Be("Onkologimottagning 1");
    }

    [Fact]
    public async Task Every_reading_of_a_case_is_logged()
    {
        var id = await host.Case();
        await host.Get("onk1.hant", $"/cases/{id}");
        await host.Get("onk1.hant", $"/cases/{id}/messages");
        await using var command = host.Source.CreateCommand("SELECT count(*) FROM read_log WHERE case_id = $1 AND person = 'onk1.hant'");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        (await command.ExecuteScalarAsync()).Should().Be(2L);
    }

    [Fact]
    public async Task History_cannot_be_changed_and_its_chain_is_verified()
    {
        var id = await host.Case();
        await host.Get("onk2.mott", $"/cases/{id}");
        (await Broken()).Should().BeEmpty();
        var change = async () => await Execute($"UPDATE history SET entry = entry || '{{\"event\":\"Förfalskat\"}}' WHERE stream = 'case:{id}' AND seq = 1");
        await change.Should().ThrowAsync<Npgsql.PostgresException>().WithMessage("*append-only*");
        var delete = async () => await Execute($"DELETE FROM history WHERE stream = 'case:{id}'");
        await delete.Should().ThrowAsync<Npgsql.PostgresException>().WithMessage("*append-only*");

        // Whoever gets round the trigger is found by the chain.
        await Execute("ALTER TABLE history DISABLE TRIGGER history_append_only");
        await Execute($"UPDATE history SET entry = entry || '{{\"event\":\"Förfalskat\"}}' WHERE stream = 'case:{id}' AND seq = 2");
        (await Broken()).Should().Equal($"case:{id}/2");
        await Execute($"UPDATE history SET entry = entry || '{{\"event\":\"Uppgift skapad\"}}' WHERE stream = 'case:{id}' AND seq = 2");
        await Execute("ALTER TABLE history ENABLE TRIGGER history_append_only");
    }

    private async Task<List<string>> Broken()
    {
        await using var command = host.Source.CreateCommand("SELECT stream || '/' || seq FROM verify_history()");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    private async Task Execute(string sql)
    {
        await using var command = host.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
