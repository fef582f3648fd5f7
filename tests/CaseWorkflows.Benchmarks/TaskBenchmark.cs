using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Host.Composition;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Benchmarks;

/// <summary>
/// A case that gets a human task, and the task's completion with its case changes, through the services that the API calls; the whole host
/// is there. The routine has this one task, so that what is measured is it and not what a longer routine goes on to do.
/// </summary>
internal sealed class TaskBenchmark : IAsyncDisposable
{
    private const string Person = "onk1.mott.a";
    private readonly CaseWorkflowsApplication _application;

    private TaskBenchmark(CaseWorkflowsApplication application) => _application = application;

    public static async Task RunAsync(Arguments a, string connection)
    {
        var pooled = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = a.Concurrency + 16 }.ConnectionString;
        Measurement task = new("task"), complete = new("complete");
        var cases = new Guid[a.Instances];
        await using (var bench = await StartAsync(pooled))
        {
            for (var round = 0; round <= a.Rounds; round++)
            {
                var count = round == 0 ? Math.Min(200, a.Instances) : a.Instances;
                await task.RunAsync(count, a.Concurrency, async i => cases[i] = await bench.RegisterAsync(), round > 0);
                var tasks = await bench.TasksAsync(cases[..count]);
                await complete.RunAsync(count, a.Concurrency, i => bench.CompleteAsync(tasks[i]), round > 0);
                if (await bench.OpenAsync(tasks) is > 0 and var stuck) throw new InvalidOperationException($"{stuck} completed tasks are still open.");
            }
        }

        var trips = await RoundTripsAsync(pooled);
        task.Print(trips.Task);
        complete.Print(trips.Complete);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.Web.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task<TaskBenchmark> StartAsync(string connection)
    {
        var application = await CaseWorkflowsApplication.CreateAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:CaseWorkflows={connection}", "--Clock:Mode=System"],
            builder => builder.Logging.ClearProviders());
        await application.Web.StartAsync();
        await OneTaskRoutine.PublishAsync(application.Services);
        return new TaskBenchmark(application);
    }

    private static async Task<(double Task, double Complete)> RoundTripsAsync(string connection)
    {
        const int calls = 20;
        using var proxy = new CountingProxy(connection);
        await using var bench = await StartAsync(proxy.ConnectionString);
        for (var i = 0; i < 5; i++) await bench.CompleteAsync((await bench.TasksAsync([await bench.RegisterAsync()]))[0]);

        var ids = new List<Guid>();
        var before = proxy.RoundTrips;
        for (var i = 0; i < calls; i++) ids.Add(await bench.RegisterAsync());
        var registered = proxy.RoundTrips;
        var tasks = await bench.TasksAsync([.. ids]);
        var listed = proxy.RoundTrips;
        foreach (var t in tasks) await bench.CompleteAsync(t);
        return ((registered - before) / (double)calls, (proxy.RoundTrips - listed) / (double)calls);
    }

    private async Task<Guid> RegisterAsync()
    {
        var context = await ContextAsync();
        var (id, _) = await Get<RegisterCase>().ExecuteAsync(
            context,
            new CaseRegistrationRequest
            {
                Unit = "Onkologimottagning 1", CaseType = "Förnya recept", Channel = "1177 e-tjänster", Team = 3, Subject = "Prov", Text = "Prov",
                Patient = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Prov Person", ["birthDate"] = "1912-12-12", ["homeRegion"] = "VGR", ["digital"] = true },
                Sender = new JsonObject { ["kind"] = "Patient", ["name"] = "Prov Person" },
            },
            CancellationToken.None);
        return id;
    }

    private async Task CompleteAsync(Guid task) =>
        await Get<CompleteTask>().ExecuteAsync(await ContextAsync(), task, "Klar", JsonNode.Parse("""{"team": 3}""")!.AsObject(), null, CancellationToken.None);

    private async Task<CommandContext> ContextAsync() =>
        await Get<CommandContexts>().ForPersonAsync(Person) ?? throw new InvalidOperationException($"{Person} does not exist.");

    /// <summary>The first task of each case, in the same order.</summary>
    private async Task<Guid[]> TasksAsync(Guid[] cases)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(
            "SELECT (SELECT t.id FROM task t WHERE t.case_id = c.id ORDER BY t.created_at, t.id LIMIT 1) FROM unnest($1::uuid[]) WITH ORDINALITY c(id, n) ORDER BY c.n");
        command.Parameters.Add(new() { Value = cases });
        await using var r = await command.ExecuteReaderAsync();
        var tasks = new List<Guid>();
        while (await r.ReadAsync()) tasks.Add(r.GetGuid(0));
        return [.. tasks];
    }

    private async Task<long> OpenAsync(Guid[] tasks)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand("SELECT count(*) FROM task WHERE id = ANY($1) AND state <> 'Klar'");
        command.Parameters.Add(new() { Value = tasks });
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();
}
