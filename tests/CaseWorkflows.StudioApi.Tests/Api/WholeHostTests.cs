using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>With the real sign-in, the real roles and the routines that a fresh host starts with.</summary>
public sealed class WholeHostTests : IAsyncLifetime
{
    private const string ApiKey = "0123456789-0123456789-0123456789-key";
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Arguments = [$"--StudioApi:ApiKey={ApiKey}"] });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Each_role_may_what_it_may()
    {
        var owner = await SignInAsync("agare");
        var list = await GetAsync(owner, "workflow-definitions?versionOptions=Latest");
        var items = list["items"]!.AsArray();
        items.Count.Should().BeGreaterThan(5);
        Rels(list).Should().Contain("bulk-publish");
        foreach (var item in items)
        {
            Rels(item!).Should().Contain("publish");
            item!["isPublished"]!.GetValue<bool>().Should().BeTrue();
        }

        var auditor = await SignInAsync("revisor");
        Rels(await GetAsync(auditor, "workflow-definitions?versionOptions=Latest")).Should().NotContain("bulk-publish");
        var id = items[0]!["definitionId"]!.GetValue<string>();
        Rels(await GetAsync(auditor, $"workflow-definitions/by-definition-id/{id}")).Should().NotContain("publish");
        (await auditor.PostAsJsonAsync($"/elsa/api/workflow-definitions/{id}/retract", new { })).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        var staff = await SignInAsync("onk1.mott.a");
        (await staff.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await _host.Client.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        using var key = new HttpClient { BaseAddress = _host.Address };
        key.DefaultRequestHeaders.Add("Authorization", $"ApiKey {ApiKey}");
        (await key.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.OK);
        key.DefaultRequestHeaders.Remove("Authorization");
        key.DefaultRequestHeaders.Add("Authorization", "ApiKey fel-nyckel-fel-nyckel-fel-nyckel-fel");
        (await key.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S_2_taking_away_a_routine_that_cases_start_tells_which_rows_and_asks_once_more()
    {
        const string Routed = "onk-arende";
        var owner = await SignInAsync("agare");
        var published = await GetAsync(owner, $"workflow-definitions/by-definition-id/{Routed}?versionOptions=Published");
        var version = published["id"]!.GetValue<string>();
        var ids = new JsonObject { ["definitionIds"] = new JsonArray(Routed, "x-franvaro"), ["ids"] = new JsonArray(version) };
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, $"workflow-definitions/{Routed}/retract"), (HttpMethod.Delete, $"workflow-definitions/{Routed}"), (HttpMethod.Delete, $"workflow-definition-versions/{version}"),
            (HttpMethod.Delete, $"workflow-definitions/{Routed}/version/{published["version"]}"), (HttpMethod.Post, "bulk-actions/retract/workflow-definitions/by-definition-ids"),
            (HttpMethod.Post, "bulk-actions/delete/workflow-definitions/by-definition-id"), (HttpMethod.Post, "bulk-actions/delete/workflow-definitions/by-id"),
        })
        {
            using var asked = await SendAsync(owner, method, path, ids);
            asked.StatusCode.Should().Be(HttpStatusCode.BadRequest, path);
            asked.Headers.GetValues("X-Confirm").Should().Equal("routed");
            (await asked.Content.ReadAsStringAsync()).Should().Contain("start:onkologi").And.Contain("Fel i rutiner");
        }

        // One that other routines start is asked about too, and no more once those are taken away with it.
        using (var used = await SendAsync(owner, HttpMethod.Post, "workflow-definitions/x-svarsklocka/retract", []))
        {
            used.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            used.Headers.GetValues("X-Confirm").Should().Equal("routed");
            (await used.Content.ReadAsStringAsync()).Should().Contain("används av").And.Contain(published["name"]!.GetValue<string>());
        }

        foreach (var id in new[] { Routed, "x-franvaro" })
            (await GetAsync(owner, $"workflow-definitions/by-definition-id/{id}?versionOptions=Published"))["isPublished"]!.GetValue<bool>().Should().BeTrue(id);
        using (var other = await SendAsync(owner, HttpMethod.Post, "workflow-definitions/x-franvaro/retract", [])) other.StatusCode.Should().Be(HttpStatusCode.OK, "no case starts it");
        using (var confirmed = await SendAsync(owner, HttpMethod.Post, "bulk-actions/retract/workflow-definitions/by-definition-ids", ids, "routed"))
            (await confirmed.Content.ReadFromJsonAsync<JsonObject>())!["retracted"]!.AsArray().Select(i => i!.GetValue<string>()).Should().Equal(Routed);
        using (var again = await SendAsync(owner, HttpMethod.Post, $"workflow-definitions/{Routed}/retract", [])) again.StatusCode.Should().Be(HttpStatusCode.OK, "nothing is taken away");
        using (var deleted = await SendAsync(owner, HttpMethod.Delete, $"workflow-definitions/{Routed}", [])) deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);

        // What comes in meanwhile is kept.
        using var taken = await (await SignInAsync("integration")).PostAsJsonAsync("/api/cases", new { unit = "onk1", caseType = "recept", text = "Hej" });
        taken.StatusCode.Should().Be(HttpStatusCode.Created);
        (await taken.Content.ReadFromJsonAsync<JsonObject>())!["stopped"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Every_routine_opens_whole_and_saving_it_as_opened_makes_no_draft()
    {
        var owner = await SignInAsync("agare");
        foreach (var row in (await GetAsync(owner, "workflow-definitions?versionOptions=Latest"))["items"]!.AsArray())
        {
            var id = row!["definitionId"]!.GetValue<string>();
            var opened = await GetAsync(owner, $"workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
            opened.ToJsonString().Should().NotContain("Elsa.NotFoundActivity", id);
            var preview = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions/import/preview", opened);
            var saved = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = opened.DeepClone(), ["publish"] = false });
            saved.StatusCode.Should().Be(HttpStatusCode.OK, $"{id}: {await saved.Content.ReadAsStringAsync()}");
            var answer = JsonNode.Parse(await saved.Content.ReadAsStringAsync())!["workflowDefinition"]!;
            answer["version"]!.GetValue<int>().Should().Be(1, $"{id} was not changed: {await preview.Content.ReadAsStringAsync()}");
            answer["isPublished"]!.GetValue<bool>().Should().BeTrue(id);
        }
    }

    [Fact]
    public async Task Who_follows_a_routine_does_not_read_what_the_patient_and_staff_wrote()
    {
        const string secret = "Hemligheten är 19121212-1212";
        var receiver = await SignInAsync("onk1.mott.a");
        var registered = await receiver.PostAsJsonAsync("/api/cases", new { unit = "Onkologimottagning 1", caseType = "Skicka meddelande", team = 1, text = secret, subject = secret });
        registered.StatusCode.Should().Be(HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
        var medicalCase = JsonNode.Parse(await registered.Content.ReadAsStringAsync())!;
        var done = await receiver.PostAsJsonAsync(
            $"/api/tasks/{medicalCase["tasks"]![0]!["id"]}/complete", new { outcome = "Besvara själv", fields = new { svarstyp = "Svar", svarstext = secret } });
        done.StatusCode.Should().Be(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());

        var instance = medicalCase["workflowInstances"]![0]!["id"]!.GetValue<string>();
        string[] reads = [$"workflow-instances/{instance}", $"workflow-instances/{instance}/journal", $"workflow-instances/{instance}/variables",
            $"workflow-instances/{instance}/export", $"activity-executions/list?workflowInstanceId={instance}"];
        foreach (var user in new[] { "agare", "revisor" })
        {
            var reader = await SignInAsync(user);
            foreach (var read in reads) (await reader.GetStringAsync($"/elsa/api/{read}")).Should().NotContain("Hemligheten", $"{user} reads {read}").And.NotContain("19121212");
            // The routine's own words stay: which step, which outcome.
            (await reader.GetStringAsync($"/elsa/api/{reads[1]}")).Should().Contain("Besvara själv").And.Contain("Fördela ärende");
        }

        (await (await SignInAsync("utvecklare")).GetStringAsync($"/elsa/api/{reads[1]}")).Should().Contain("Hemligheten");
    }

    [Fact]
    public async Task D10_a_protected_identity_hides_the_values_of_its_runs_from_developers_too()
    {
        var receiver = await SignInAsync("onk1.mott.a");
        var registered = await receiver.PostAsJsonAsync("/api/cases", new
        {
            unit = "Onkologimottagning 1", caseType = "Skicka meddelande", team = 1, text = "Hemligheten", subject = "Hemligheten",
            patient = new { name = "Hemligheten", personalNumber = "19121212-1212", protectedIdentity = "Ja – skyddad" }
        });
        registered.StatusCode.Should().Be(HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
        var protectedCase = JsonNode.Parse(await registered.Content.ReadAsStringAsync())!;
        var done = await receiver.PostAsJsonAsync(
            $"/api/tasks/{protectedCase["tasks"]![0]!["id"]}/complete", new { outcome = "Besvara själv", fields = new { svarstyp = "Svar", svarstext = "Hemligheten" } });
        done.StatusCode.Should().Be(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());

        var instance = protectedCase["workflowInstances"]![0]!["id"]!.GetValue<string>();
        foreach (var user in new[] { "agare", "revisor", "utvecklare" })
        {
            var reader = await SignInAsync(user);
            foreach (var read in new[] { $"workflow-instances/{instance}", $"workflow-instances/{instance}/journal", $"workflow-instances/{instance}/variables", $"workflow-instances/{instance}/export" })
                (await reader.GetStringAsync($"/elsa/api/{read}")).Should().NotContain("Hemligheten", $"{user} reads {read}").And.NotContain("1912-12-12");
        }
    }

    [Fact]
    public async Task Who_looks_at_a_case_through_its_routine_stands_in_the_read_log_once_however_often_Studio_asks()
    {
        var receiver = await SignInAsync("onk1.mott.a");
        var registered = await receiver.PostAsJsonAsync("/api/cases", new { unit = "Onkologimottagning 1", caseType = "Skicka meddelande", team = 1, text = "Hej", subject = "Hej" });
        var medicalCase = JsonNode.Parse(await registered.Content.ReadAsStringAsync())!;
        var (id, instance) = (medicalCase["id"]!.GetValue<string>(), medicalCase["workflowInstances"]![0]!["id"]!.GetValue<string>());
        var owner = await SignInAsync("agare");
        // As the viewer does: at once, and again and again.
        string[] reads = [$"workflow-instances/{instance}", $"workflow-instances/{instance}/journal", $"workflow-instances/{instance}/variables", $"activity-executions/list?workflowInstanceId={instance}"];
        for (var i = 0; i < 3; i++) await Task.WhenAll(reads.Select(r => owner.GetStringAsync($"/elsa/api/{r}")));
        (await LoggedAsync("agare")).Should().Be(1);
        (await LoggedAsync("revisor")).Should().Be(0, "nobody else has looked");
        await (await SignInAsync("revisor")).GetStringAsync($"/elsa/api/workflow-instances/{instance}/execution-state");
        (await LoggedAsync("revisor")).Should().Be(0, "how far it has come says nothing of the patient");
        await (await SignInAsync("revisor")).GetStringAsync($"/elsa/api/workflow-instances/{instance}/journal");
        (await LoggedAsync("revisor")).Should().Be(1);

        async Task<long> LoggedAsync(string person)
        {
            await using var command = _host.Database.DataSource.CreateCommand("SELECT count(*) FROM read_log WHERE case_id = $1 AND person = $2 AND what = 'Rutinens körning i Studio' AND region = 'VGR'");
            command.Parameters.Add(new() { Value = Guid.Parse(id) });
            command.Parameters.Add(new() { Value = person });
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task The_toolbox_is_Swedish_ours_first_with_choices_from_the_reference_data()
    {
        var owner = await SignInAsync("agare");
        var items = (await GetAsync(owner, "descriptors/activities"))["items"]!.AsArray();
        items.Where(i => i!["isBrowsable"]!.GetValue<bool>()).First()!["namespace"]!.GetValue<string>().Should().NotBe("Elsa");
        var inputs = items.SelectMany(i => i!["inputs"]!.AsArray()).ToList();
        var choices = inputs.Where(i => i!["uiSpecifications"]!["dropdown"] is not null).ToList();
        choices.Should().NotBeEmpty();
        choices.SelectMany(c => c!["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray()).Select(o => o!["text"]!.GetValue<string>()).Should().Contain(t => t.Contains('ä', StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, JsonObject body, string? confirmed = null)
    {
        using var request = new HttpRequestMessage(method, "/elsa/api/" + path) { Content = JsonContent.Create(body) };
        if (confirmed is not null) request.Headers.Add("X-Confirmed", confirmed);
        return await client.SendAsync(request);
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var answer = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, user);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.GetValue<string>();
        var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync($"/elsa/api/{path}");
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    private static IEnumerable<string> Rels(JsonNode node) => node["links"]!.AsArray().Select(l => l!["rel"]!.GetValue<string>());
}
