using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>Leases and tries of work outside the database: only who has the lease writes what came of it, and nothing is tried for ever.</summary>
public sealed class OutsideWorkTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task A_result_that_comes_when_the_lease_is_gone_is_not_written()
    {
        var sender = new Sender();
        await using var host = await StartAsync(sender);
        var reached = new TaskCompletionSource();
        sender.Sending = async () =>
        {
            // Another host has taken it meanwhile.
            await host.ExecuteAsync("UPDATE queue SET lease_owner = gen_random_uuid(), attempts = attempts + 1, lease_until = now() + interval '1 hour' WHERE kind = 11");
            reached.TrySetResult();
        };

        await SendAsync(host);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Task.Delay(300);

        (await host.ScalarAsync<long>("SELECT count(*) FROM outcome")).Should().Be(0);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 11")).Should().Be(1, "the other host has it");
    }

    [Fact]
    public async Task A_message_whose_host_died_at_every_try_is_given_up_without_another()
    {
        var sender = new Sender();
        await using (var host = await StartAsync(sender, o => o.RunPump = false))
        {
            await SendAsync(host);
            await host.ExecuteAsync("UPDATE queue SET attempts = 3 WHERE kind = 11");
        }

        await using var next = await StartAsync(sender);
        await RuntimeHost.EventuallyAsync(async () => await next.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 11") == 0, "it is given up");

        sender.Sent.Should().BeEmpty();
        (await next.ScalarAsync<string>("SELECT error FROM outcome")).Should().Contain("Försöken är slut");
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_parked_for_an_operator_in_the_end()
    {
        var sender = new Sender { Result = "SELECT 1 / 0" };
        await using var host = await StartAsync(sender, o => o.ItemRetryDelay = TimeSpan.FromMilliseconds(5));

        await SendAsync(host);
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE item_kind = 11") == 1, "it is parked");

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 11 AND failed_at IS NOT NULL")).Should().Be(1);
        sender.Sent.Count.Should().BeLessThanOrEqualTo(5);

        // Mended, the operator lets it be tried again.
        sender.Result = null;
        var incident = (await host.Instances.IncidentsAsync(null, true)).Single();
        await host.Runtime.RetryIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Rättat" });
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 11") == 0, "it is delivered");
        (await host.ScalarAsync<long>("SELECT count(*) FROM outcome WHERE error IS NULL")).Should().Be(1);
    }

    [Fact]
    public async Task A_job_whose_host_died_at_every_try_is_an_incident_of_its_step()
    {
        var ran = 0;
        var work = TestJob.Does((_, _) =>
        {
            Interlocked.Increment(ref ran);
            return Task.FromResult(new JobResult());
        });
        Guid instance;
        await using (var host = await RuntimeHost.StartAsync(_database, o => o.RunPump = false))
        {
            await host.PublishAsync(QueueTests.Job("dies", work));
            instance = (await host.StartAsync("dies")).InstanceId;
            await host.ExecuteAsync("UPDATE queue SET attempts = 3 WHERE kind = 10");
        }

        await using var next = await RuntimeHost.StartAsync(_database);
        await RuntimeHost.EventuallyAsync(async () => (await next.Instances.IncidentsAsync(instance, true)).Count == 1, "it is an incident");

        ran.Should().Be(0);
        (await next.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 10")).Should().Be(0);
    }

    public void Dispose() => _database.Dispose();

    private async Task<RuntimeHost> StartAsync(Sender sender, Action<WorkflowRuntimeOptions>? options = null)
    {
        var host = await RuntimeHost.StartAsync(_database, options, s => s.AddSingleton<IOutboxSender>(sender));
        await _database.ExecuteAsOwnerAsync("CREATE TABLE IF NOT EXISTS outcome (error text); GRANT ALL ON outcome TO PUBLIC");
        await host.PublishAsync(Flow.Durable("sends"));
        return host;
    }

    private static Task<BurstOutcome> SendAsync(RuntimeHost host) =>
        host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "sends", Region = "VGR", Participants = [new Sends()] });

    private sealed class Sends : Participant
    {
        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch) => scope.AddOutbox("letter", new { text = "hej" });
    }

    private sealed class Sender : IOutboxSender
    {
        public string Kind => "letter";

        public RetrySchedule Retry => new(3, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30));

        public Func<Task>? Sending { get; set; }

        public string? Result { get; set; }

        public ConcurrentQueue<Guid> Sent { get; } = new();

        public async Task SendAsync(OutboxMessage message, CancellationToken ct)
        {
            Sent.Enqueue(message.Id);
            if (Sending is { } sending) await sending();
        }

        public void AppendResult(OutboxMessage message, OutboxResult result, NpgsqlBatch batch)
        {
            var command = new NpgsqlBatchCommand(Result ?? "INSERT INTO outcome VALUES ($1)");
            if (Result is null) command.Parameters.Add(new NpgsqlParameter { Value = (object?)result.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            batch.BatchCommands.Add(command);
        }
    }
}
