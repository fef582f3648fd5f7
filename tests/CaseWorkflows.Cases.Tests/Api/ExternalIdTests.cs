using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Whose an external id is, and what the same one again means.</summary>
public sealed class ExternalIdTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Channel = "1177 e-tjänster";

    [Theory]
    [InlineData("1177 e-tjänster")]
    [InlineData("1177 direkt")]
    [InlineData("App")]
    [InlineData("1177 telefon")]
    public async Task Staff_cannot_take_the_id_of_a_message_that_is_to_come(string channel)
    {
        var externalId = Guid.NewGuid().ToString();
        (await host.TryCase(new { channel, externalId, text = "av personal" }, "onk1.mott.a")).Should(400).Faults.Should().BeEquivalentTo("externalId");
        (await host.TryCase(new { channel, externalId, text = "AKUT" })).Should(201).Body!["text"]!.ToString().Should().Be("AKUT");
        // What staff take down without one has any channel.
        (await host.TryCase(new { channel }, "onk1.mott.a")).Should(201);
    }

    [Theory]
    [InlineData("""{"text":"annan text"}""")]
    [InlineData("""{"subject":"annat"}""")]
    [InlineData("""{"caseType":"Förnya recept"}""")]
    [InlineData("""{"unit":"onk3"}""")]
    [InlineData("""{"patient":{"name":"En annan"}}""")]
    [InlineData("""{"sender":{"kind":"Vårdnadshavare"}}""")]
    [InlineData("""{"fields":{"önskemål":"annat"}}""")]
    [InlineData("""{"attachments":[{"name":"ny.txt","base64":"QQ=="}]}""")]
    public async Task Other_contents_under_a_taken_id_are_told_and_the_same_are_the_first_case(string other)
    {
        var externalId = Guid.NewGuid().ToString();
        var first = new { channel = Channel, externalId, patient = new { personalNumber = "191212121212", name = "Tolvan" }, fields = new { a = 1, b = 2 } };
        var id = (await host.TryCase(first)).Should(201).Id;
        var changed = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(first)!;
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(other)!) changed[name] = value?.DeepClone();
        var refused = (await host.TryCase(changed)).Should(409);
        refused.Body!["type"]!.ToString().Should().Be("already-exists");

        // Another spelling of the same, and when it was sent, is no other message.
        var again = new
        {
            fields = new { b = 2, a = 1 }, patient = new { name = "Tolvan", personalNumber = "19121212-1212" }, channel = Channel, externalId = $" {externalId} ",
            unit = "onk1", arrivedAt = "2026-04-02T13:00:00+02:00"
        };
        (await host.TryCase(again)).Should(200).Id.Should().Be(id);
        (await host.Get("integration", $"/cases/{id}")).Should(200).Body!["text"]!.ToString().Should().Be("Hemlig text");
    }

    [Fact]
    public async Task S_2_the_ids_that_the_form_gives_are_nobody_else_s()
    {
        foreach (var user in (string[])["integration", "onk1.mott.a"])
        {
            var channel = user == "integration" ? Channel : null;
            foreach (var externalId in (string[])["webb-", "webb-1", " webb-" + Guid.NewGuid()])
            {
                var refused = (await host.TryCase(new { channel, externalId }, user)).Should(400);
                refused.Faults.Should().Equal("externalId");
                refused.Text.Should().Contain("webb-");
            }

            foreach (var externalId in (string[])["web-", "1webb-"]) (await host.TryCase(new { channel, externalId = externalId + Guid.NewGuid() }, user)).Should(201);
        }
    }

    [Fact]
    public async Task Another_region_numbers_its_messages_itself()
    {
        var externalId = Guid.NewGuid().ToString();
        var first = (await host.TryCase(new { channel = Channel, externalId })).Should(201).Id;
        await using (var move = host.Source.CreateCommand("UPDATE cases SET region = 'RG', unit = 'hc-exempel', responsible_unit = 'hc-exempel' WHERE id = $1"))
        {
            move.Parameters.Add(new() { Value = Guid.Parse(first) });
            await move.ExecuteNonQueryAsync();
        }

        var second = (await host.TryCase(new { channel = Channel, externalId })).Should(201).Id;
        second.Should().NotBe(first);
        (await host.TryCase(new { channel = Channel, externalId })).Should(200).Id.Should().Be(second);
    }

    [Theory]
    [InlineData("/cases")]
    [InlineData("/cases?q=Tolvan")]
    [InlineData("/cases?limit=1&flag=x")]
    [InlineData("/lists/flaggade")]
    [InlineData("/lists/nytt%20svar%20fr%C3%A5n%20inv%C3%A5naren")]
    public async Task An_integration_lists_and_searches_no_cases(string path)
    {
        (await host.Get("integration", path)).Should(403);
        (await host.Get("onk1.mott.a", path)).Should(200);
    }

    [Theory]
    [InlineData("/cases?unit=#")]
    [InlineData("/tasks?view=unit&unit=#")]
    [InlineData("/lists/flaggade?unit=#")]
    [InlineData("/reports/statistik?unit=#")]
    [InlineData("/reports/bevakning?unit=#")]
    [InlineData("/people?unit=#")]
    public async Task Another_regions_unit_is_as_unknown_as_one_that_does_not_exist(string path)
    {
        var unknown = await host.Get("onk.vc", path.Replace("#", "finns-inte"));
        unknown.Should(400).Faults.Should().BeEquivalentTo("unit");
        foreach (var name in new[] { "hc-exempel", "HC Exempel" })
            (await host.Get("onk.vc", path.Replace("#", Uri.EscapeDataString(name)))).Should(400).Body!["errors"]!.ToJsonString().Should().Be(unknown.Body!["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task A_resident_who_writes_in_a_closed_case_is_heard()
    {
        var id = await host.Case();
        await using (var close = host.Source.CreateCommand("UPDATE cases SET closed_at = arrived_at, status = 'Avslutat med svar' WHERE id = $1"))
        {
            close.Parameters.Add(new() { Value = Guid.Parse(id) });
            await close.ExecuteNonQueryAsync();
        }

        (await host.Post("integration", $"/cases/{id}/resident-messages", new { text = "hej igen" })).Should(202);
        (await host.Get("onk1.mott.a", "/lists/nytt%20svar%20fr%C3%A5n%20inv%C3%A5naren?limit=200")).Should(200)
            .Body!["items"]!.AsArray().Should().Contain(c => c!["id"]!.ToString() == id);
        var notices = (await host.Get("onk1.mott.a", $"/cases/{id}/notices")).Should(200).Body!.AsArray();
        notices.Should().Contain(n => n!["text"]!.ToString().StartsWith("Nytt svar från invånaren i ONK1-2026-", StringComparison.Ordinal));
        notices.Where(n => n!["text"]!.ToString().Contains("som är avslutat")).Should().OnlyContain(n => !n!["text"]!.ToString().Contains("hej igen"));
        (await host.Get("onk1.mott.a", $"/cases/{id}/history")).Should(200).Body!.AsArray().Should().Contain(h => h!["event"]!.ToString().StartsWith("Avisering"));
    }

    [Fact]
    public async Task F_11_a_reply_after_closing_waits_until_somebody_who_works_with_cases_there_has_read_it()
    {
        var id = await host.Case();
        var read = $"/cases/{id}/reply-read";
        (await host.Post("integration", $"/cases/{id}/resident-messages", new { text = "hej" })).Should(202);
        foreach (var who in (string[])["onk1.mott.a", "onk1.hant", "onk.vc", "onk.vec"]) (await host.Post(who, read)).Should(409).Type.Should().Be("case-open");
        await using (var close = host.Source.CreateCommand("UPDATE cases SET closed_at = arrived_at, status = 'Avslutat med svar' WHERE id = $1"))
        {
            close.Parameters.Add(new() { Value = Guid.Parse(id) });
            await close.ExecuteNonQueryAsync();
        }

        foreach (var (who, status) in new[] { ("integration", 403), ("revisor", 403), ("onk.lokadm", 403), ("admin", 403), ("agare", 403), ("bup.sekr", 403), ("ro.ssk1", 404) })
            (await host.Post(who, read)).Should(status);
        (await Flags()).Should().Contain("Nytt svar från invånaren");

        var key = Guid.NewGuid().ToString();
        (await host.Post("onk1.mott.a", read)).Should(400);
        var first = await Latest();
        foreach (var _ in (int[])[1, 2]) (await host.Post("onk1.mott.a", read, new { lastMessage = first }, key: key)).Should(200).Id.Should().Be(id);
        (await host.Post("onk1.hant", read)).Should(200);
        (await Flags()).Should().NotContain("Nytt svar från invånaren");
        (await host.Get("onk1.mott.a", $"/cases/{id}/history")).Should(200).Body!.AsArray().Where(h => h!["event"]!.ToString() == "Svar läst").Should().ContainSingle();
        (await host.Post("integration", $"/cases/{id}/resident-messages", new { text = "hej igen" })).Should(202);
        (await Flags()).Should().Contain("Nytt svar från invånaren", "the next one waits as well");

        // Only what was shown is read.
        var shown = await Latest();
        (await host.Post("integration", $"/cases/{id}/resident-messages", new { text = "ring mig" })).Should(202);
        (await host.Post("onk1.mott.a", read, new { lastMessage = shown })).Should(409).Type.Should().Be("message-changed");
        (await host.Post("onk1.mott.a", read, new { lastMessage = "i går" })).Should(400);
        (await Flags()).Should().Contain("Nytt svar från invånaren");
        (await host.Post("onk1.mott.a", read, new { lastMessage = await Latest() })).Should(200);
        (await Flags()).Should().NotContain("Nytt svar från invånaren");

        async Task<string> Latest() => (await host.Get("onk1.mott.a", $"/cases/{id}/messages")).Should(200).Body!.AsArray().Last(m => m!["direction"]!.ToString() == "In")!["id"]!.ToString();

        async Task<IEnumerable<string>> Flags() => (await host.Get("onk1.mott.a", $"/cases/{id}")).Should(200).Body!["flags"]!.AsArray().Select(f => f!.ToString());
    }

    [Fact]
    public async Task The_same_key_for_the_same_task_is_one_call_however_the_path_is_written()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        var key = Guid.NewGuid().ToString();
        foreach (var path in new[] { $"/tasks/{task}/comments", $"/tasks/{task}/COMMENTS", $"/tasks/{task}/comments/", $"/Tasks/{task.ToUpperInvariant()}/comments" })
            (await host.Post("onk1.mott.a", path, new { text = "En gång" }, key)).Should(200).Body!["comments"]!.AsArray().Should().ContainSingle(path);
    }

    [Fact]
    public async Task Signing_in_folds_a_user_name_as_taking_one_does()
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        foreach (var name in new[] { "ADMIN", "Admin", " admin " })
        {
            using var content = new StringContent($$"""{"userName":"{{name}}","password":"demo"}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("/api/auth/token", content);
            answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, name);
        }
    }
}
