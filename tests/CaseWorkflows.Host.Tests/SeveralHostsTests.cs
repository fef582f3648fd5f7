using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests;

/// <summary>Two processes on one database, nothing else between them.</summary>
public sealed class SeveralHostsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Cases = 12;

    private string[] Settings => [$"--ConnectionStrings:CaseWorkflows={database.ConnectionString}", "--Clock:Mode=Manual", "--Clock:Now=2026-04-02T14:00:00+02:00"];

    [Fact]
    public async Task Hosts_started_together_share_the_work_and_do_none_of_it_twice()
    {
        await using var first = new HostProcess(Settings);
        await using var second = new HostProcess(Settings);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());   // both find an empty schema: one migrates and seeds
        var token = await SignIn.TokenAsync(first.Client, "onk1.mott.a");
        var intake = await SignIn.TokenAsync(second.Client, "integration");

        for (var i = 0; i < Cases; i++)
            (await SendAsync((i % 2 == 0 ? first : second).Client, HttpMethod.Post, "/api/cases", intake, NewCase(i))).Should().Be(HttpStatusCode.Created);

        // What one host committed, the other shows at once.
        var tasks = await TasksAsync(first.Client, token);
        tasks.Should().HaveCount(Cases).And.BeEquivalentTo(await TasksAsync(second.Client, token));

        // The same task completed on both at the same moment: one is first.
        foreach (var task in tasks)
        {
            var answers = await Task.WhenAll(CompleteAsync(first.Client, task, token), CompleteAsync(second.Client, task, token));
            answers.Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        }

        // Timers of all cases fall due at once, with both hosts pumping.
        var administrator = await SignIn.TokenAsync(first.Client);
        (await SendAsync(first.Client, HttpMethod.Put, "/api/clock", administrator, new { now = "2026-04-14T12:00:00+02:00" })).Should().Be(HttpStatusCode.OK);
        using (var clock = await SignIn.GetAsync(second.Client, "/api/clock", token))
            (await clock.Content.ReadAsStringAsync()).Should().Contain("2026-04-14T12:00:00");

        await using var reader = await TestHost.StartAsync(new TestHostOptions { Database = database, Arguments = ["--Workers:Run=false"] });
        var journal = await reader.Services.GetRequiredService<IJournalVerifier>().VerifyAsync();
        journal.Problems.Should().BeEmpty();
        (await CountAsync("SELECT count(*) FROM history WHERE entry->>'event' = 'Uppgift slutförd'")).Should().Be(Cases);
        (await CountAsync("SELECT count(*) FROM (SELECT instance_id FROM task WHERE state = 'Klar' GROUP BY instance_id, bookmark_id HAVING count(*) > 1) twice")).Should().Be(0);
        (await CountAsync("SELECT count(*) FROM queue WHERE failed_at IS NOT NULL")).Should().Be(0);
    }

    private static object NewCase(int number) => new
    {
        unit = "Onkologimottagning 1",
        caseType = "Förnya recept",
        channel = "1177 e-tjänster",
        externalId = $"several-{number}",
        patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson" },
        subject = "Recept",
        text = "Behöver nytt recept.",
    };

    private static async Task<List<Guid>> TasksAsync(HttpClient client, string token)
    {
        using var answer = await SignIn.GetAsync(client, "/api/tasks?view=available&limit=100", token);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. body.RootElement.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetGuid())];
    }

    private static Task<HttpStatusCode> CompleteAsync(HttpClient client, Guid task, string token) =>
        SendAsync(client, HttpMethod.Post, $"/api/tasks/{task}/complete", token,
            new { outcome = "Medvetet avsteg", fields = new Dictionary<string, object> { ["skäl"] = "Prov av två värdar", ["patientkopplat"] = false } });

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string path, string token, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
