using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.Verbs.Torture;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Torture;

/// <summary>Two processes on one database: tasks and timers are handled by either, none twice.</summary>
public sealed class SeveralHostsTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly TortureLog _log = new();
    private HostProcess _one = null!;
    private HostProcess _two = null!;

    [Fact]
    public async Task Two_processes_share_the_work_and_a_token()
    {
        var options = new TortureOptions { Cases = 12, Kills = 0, Seed = 7 };
        var work = new TortureWork(options, _log);
        await work.PrepareAsync(_one.Client, CancellationToken.None);
        var random = new Random(7);
        for (var i = 0; i < options.Cases; i++) await work.RegisterAsync(work.People.First(p => p.UserName == "integration"), random, CancellationToken.None);
        var admin = new TortureClient(_two.Client, "admin", "demo", _log);
        (await admin.SignInAsync(CancellationToken.None)).Should().BeTrue();

        // Every available task is completed through both hosts at the same moment.
        var done = 0;
        foreach (var person in work.People)
        {
            var there = new TortureClient(_two.Client, person.UserName, "demo", _log);
            if (!await there.SignInAsync(CancellationToken.None)) continue;
            var list = await person.GetAsync("/api/tasks?view=available&limit=20", CancellationToken.None);
            foreach (var item in (list.Body?["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var id = item["id"]!.ToString();
                if (await person.GetAsync($"/api/tasks/{id}", CancellationToken.None) is not { Body: JsonObject task } || FormFiller.Outcome(task, random) is not { } outcome) continue;
                var body = new JsonObject { ["outcome"] = outcome, ["fields"] = FormFiller.Fields(task, outcome, new DateTimeOffset(2026, 4, 8, 10, 0, 0, TimeSpan.FromHours(2))) };
                var answers = await Task.WhenAll(
                    person.PostAsync($"/api/tasks/{id}/complete", (JsonObject)body.DeepClone(), CancellationToken.None),
                    there.PostAsync($"/api/tasks/{id}/complete", (JsonObject)body.DeepClone(), CancellationToken.None));
                if (!answers.Any(a => a.Status == HttpStatusCode.OK)) continue;
                answers.Select(a => a.Status).Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.Conflict]);
                _log.Completions[Guid.Parse(id)] = 1;
                done++;
            }

            if (done >= 20) break;
        }

        // The clock is one: moved on one host, it fires what is due on whichever is first, and both see it.
        (await admin.PutAsync("/api/clock", new JsonObject { ["now"] = "2026-04-09T17:00:00+02:00" }, CancellationToken.None)).Status.Should().Be(HttpStatusCode.OK);
        using var clock = await _one.Client.GetAsync("/health/ready");

        done.Should().BeGreaterThan(0);
        clock.StatusCode.Should().Be(HttpStatusCode.OK);
        (await TortureCheck.RunAsync(_database.DataSource, _log, CancellationToken.None)).Should().BeEmpty();
    }

    public async Task InitializeAsync()
    {
        string[] settings = [$"--ConnectionStrings:CaseWorkflows={_database.ConnectionString}", "--Clock:Mode=Manual", "--Clock:Now=2026-04-08T10:00:00+02:00"];
        _one = new HostProcess(settings);
        _two = new HostProcess(settings);
        await _one.StartAsync(TimeSpan.FromSeconds(120));
        await _two.StartAsync(TimeSpan.FromSeconds(120));
    }

    public async Task DisposeAsync()
    {
        await _one.KillAsync();
        await _two.KillAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _database.Dispose();
    }
}
