using System.Diagnostics;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>Items that end the host that runs them, on hosts that really end.</summary>
public sealed class DeadHostTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task S_1_An_item_that_ends_its_host_uses_a_try_before_it_is_run_and_is_parked_in_the_end()
    {
        await using var host = await RuntimeHost.StartAsync(_database, o => o.RunPump = false);
        await host.PublishAsync(
            Flow.Chart("deadly", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.Step("Test.Deadly", "die"), Flow.Step("Elsa.End", "end")),
            Flow.Chart("innocent", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.Step("Elsa.End", "end")));
        var innocents = new List<Guid>();
        for (var i = 0; i < 5; i++) innocents.Add((await host.StartAsync("innocent")).InstanceId);
        var deadly = (await host.StartAsync("deadly")).InstanceId;
        for (var i = 0; i < 5; i++) innocents.Add((await host.StartAsync("innocent")).InstanceId);
        await host.ExecuteAsync("UPDATE queue SET due = now() - interval '1 second'");

        for (var life = 1; life <= 3; life++)
        {
            using var dying = Begin();
            await dying.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            (await host.ScalarAsync<int>("SELECT attempts FROM queue WHERE instance_id = $1", deadly)).Should().Be(life, "a try is counted before it is made");
            (await host.Instances.IncidentsAsync(null, true)).Should().BeEmpty();
        }

        using var living = Begin();
        try
        {
            await RuntimeHost.EventuallyAsync(async () => (await host.Instances.IncidentsAsync(deadly, true)).Count == 1, "it is parked, and the host lives");
            await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE failed_at IS NULL AND instance_id IS NOT NULL") == 0, "the others are done");
            living.HasExited.Should().BeFalse();
        }
        finally
        {
            living.Kill();
            await living.WaitForExitAsync();
        }

        var incident = (await host.Instances.IncidentsAsync(deadly, true)).Single();
        incident.Message.Should().Contain("3 gånger");
        (await host.ScalarAsync<int>("SELECT tries FROM incident WHERE resolved_at IS NULL")).Should().Be(3);
        foreach (var id in innocents) (await host.FindAsync(id)).Summary.Status.Should().Be(WorkflowStatus.Finished);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident")).Should().Be(1, "what was under way beside it is not blamed");
    }

    [Fact]
    public async Task Tries_that_were_counted_and_not_made_are_given_back()
    {
        await using var host = await RuntimeHost.StartAsync(_database, o => o.MaxItemAttempts = 2);
        await host.PublishAsync(Flow.Chart("busy", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.Step("Elsa.End", "end")));
        var id = (await host.StartAsync("busy")).InstanceId;
        await using (var c = await host.Data.OpenConnectionAsync())
        {
            await using var t = await c.BeginTransactionAsync();
            await using (var command = new Npgsql.NpgsqlCommand("SELECT 1 FROM instance WHERE id = $1 FOR UPDATE", c, t) { Parameters = { new() { Value = id } } })
                await command.ExecuteNonQueryAsync();
            await host.ExecuteAsync("UPDATE queue SET due = now() - interval '1 second'");
            await Task.Delay(1000);
        }

        await RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(id)).Summary.Status == WorkflowStatus.Finished, "it is done when its instance is free");
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident")).Should().Be(0);
    }

    public void Dispose() => _database.Dispose();

    private Process Begin() =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(DeadHostTests).Assembly.Location, _database.ConnectionString])) ?? throw new InvalidOperationException("dotnet is not there.");
}
