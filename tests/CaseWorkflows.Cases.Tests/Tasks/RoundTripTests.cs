using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Cases.Tests.Tasks;

/// <summary>
/// A human task with its case changes costs at most four round trips: reference data's version, the task, lock and read, write and commit.
/// The routine here has the one task and nothing that follows from it; what follows is bursts of their own, two round trips each.
/// </summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private const string Person = "onk1.mott.a";
    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        // Business time is the machine's, as in production; a manual clock is read once more per call.
        _host = await TestHost.StartAsync(new TestHostOptions { ManualClock = false });
        await OneTaskRoutine.PublishAsync(_host.Services);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_case_with_a_task_and_its_completion_take_four_each()
    {
        await CompleteAsync((await RegisterAsync()).Task);   // reads what is cached: routine, reference data
        IReadOnlyList<string> registering, completing;
        Guid task, id;
        using (var trips = RoundTrips.Count())
        {
            (id, task) = await RegisterAsync(find: false);
            registering = trips.Statements;
        }

        task = await TaskOfAsync(id);
        using (var trips = RoundTrips.Count())
        {
            await CompleteAsync(task);
            completing = trips.Statements;
        }

        registering.Should().HaveCount(4, string.Join("\n---\n", registering));   // version, number, read, write
        completing.Should().HaveCount(4, string.Join("\n---\n", completing));
        completing[^1].Should().Contain("UPDATE cases").And.Contain("COMMIT", "the case changes in the burst's own batch");
        var done = await Get<TaskStore>().GetAsync(task, CancellationToken.None);
        done.State.Should().Be(TaskState.Done);
        done.CaseNumber.Should().NotBeNull();
    }

    [Fact]
    public async Task The_call_adds_its_key_and_the_answer()
    {
        await CompleteAsync((await RegisterAsync()).Task);
        var (_, task) = await RegisterAsync();
        using var signedIn = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/auth/token") { Content = System.Net.Http.Json.JsonContent.Create(new { userName = Person, password = "demo" }) });
        var token = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
        IReadOnlyList<string> statements;
        using (var trips = RoundTrips.Count())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/tasks/{task}/complete") { Content = System.Net.Http.Json.JsonContent.Create(new { outcome = "Klar", fields = new { team = 3 } }) };
            request.Headers.Authorization = new("Bearer", token);
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await _host.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            statements = trips.Statements;
        }

        // The four, the key looked up and its answer kept, and task and case for the answer.
        statements.Should().HaveCount(8, string.Join("\n---\n", statements));
    }

    private async Task<(Guid Case, Guid Task)> RegisterAsync(bool find = true)
    {
        var (id, _) = await Get<RegisterCase>().ExecuteAsync(
            await ContextAsync(), new CaseRegistrationRequest { Unit = "Onkologimottagning 1", CaseType = "Rådgivning", Channel = "1177 e-tjänster", Subject = "Prov", Text = "Prov" }, CancellationToken.None);
        return (id, find ? await TaskOfAsync(id) : default);
    }

    private async Task<Guid> TaskOfAsync(Guid id)
    {
        await using var command = _host.Database.DataSource.CreateCommand("SELECT id FROM task WHERE case_id = $1");
        command.Parameters.Add(new() { Value = id });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private async Task CompleteAsync(Guid task) =>
        await Get<CompleteTask>().ExecuteAsync(await ContextAsync(), task, "Klar", JsonNode.Parse("""{"team": 3}""")!.AsObject(), null, CancellationToken.None);

    private async Task<CommandContext> ContextAsync() => (await Get<CommandContexts>().ForPersonAsync(Person))!;

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
