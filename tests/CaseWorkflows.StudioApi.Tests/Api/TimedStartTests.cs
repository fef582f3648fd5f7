using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;
using CaseWorkflows.Testing;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Starts at given times, as people make them in Studio, beside what others save meanwhile.</summary>
public sealed class TimedStartTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 4, 1, 8, 0, 0, TimeSpan.FromHours(2));
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Now = Eight });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task F_5_F_10_what_is_saved_of_a_unit_moves_no_start_and_is_kept_though_another_start_cannot_be_planned()
    {
        using var owner = await SignInAsync("agare");
        using var local = await SignInAsync("onk.lokadm");
        using var admin = await SignInAsync("admin");
        await PublishAsync(owner, Every("varje-dag", Routines.Literal("1.00:00:00")));
        await PublishAsync(owner, Every("kastar", Routines.Expression("JavaScript", $"Date.now() > {Eight.AddHours(6).ToUnixTimeMilliseconds()} ? [][0].x : \"1.00:00:00\"")));
        for (var day = 0; day < 3; day++)
        {
            await AtAsync(admin, Eight.AddDays(day).AddHours(12));
            using var saved = await local.PatchAsJsonAsync("/api/units/onk1", new Dictionary<string, string> { ["vårdTillVårdNummer"] = $"031-{day}" });
            saved.StatusCode.Should().Be(HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        }

        await AtAsync(admin, Eight.AddDays(3).AddHours(1));
        (await StartsAsync("varje-dag")).Should().Equal(Eight.AddDays(1).UtcDateTime, Eight.AddDays(2).UtcDateTime, Eight.AddDays(3).UtcDateTime);
        JsonNode.Parse(await admin.GetStringAsync("/api/incidents"))!["items"]!.AsArray()
            .Should().Contain(i => i!["routine"]!["definitionId"]!.ToString() == "kastar" && i["cause"]!.ToString() == "schedule").And.NotContain(i => i!["routine"]!["definitionId"]!.ToString() == "varje-dag");
        JsonNode.Parse(await admin.GetStringAsync("/api/units/onk1"))!["vårdTillVårdNummer"]!.ToString().Should().Be("031-2");
    }

    private static JsonObject Every(string id, JsonObject interval)
    {
        var timer = Routines.Step("timer", "Elsa.Timer");
        interval["typeName"] = "TimeSpan";
        timer["interval"] = interval;
        timer["customProperties"]!["canStartWorkflow"] = true;
        return Routines.Of(id, id, [timer, Routines.Step("end", "Elsa.End")], [Routines.Arrow("timer", "Done", "end")]);
    }

    private static async Task PublishAsync(HttpClient owner, JsonObject model)
    {
        using var answer = await owner.PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = true });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static async Task AtAsync(HttpClient admin, DateTimeOffset now)
    {
        using var answer = await admin.PutAsJsonAsync("/api/clock", new { now });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private async Task<List<DateTime>> StartsAsync(string id)
    {
        await using var command = _host.Database.DataSource.CreateCommand("SELECT created_at FROM instance WHERE definition_id = $1 ORDER BY 1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync();
        var starts = new List<DateTime>();
        while (await reader.ReadAsync()) starts.Add(reader.GetDateTime(0));
        return starts;
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        using var answer = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, user);
        var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.GetValue<string>());
        return client;
    }
}
