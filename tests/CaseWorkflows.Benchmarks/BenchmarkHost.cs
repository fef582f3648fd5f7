using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Benchmarks;

/// <summary>The runtime as a host composes it, pump and signals included.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    public const string DefinitionId = "bench-durable";

    private readonly IHost _host;

    private BenchmarkHost(IHost host) => _host = host;

    public IWorkflowRuntime Runtime => _host.Services.GetRequiredService<IWorkflowRuntime>();

    public NpgsqlDataSource Data => _host.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<BenchmarkHost> StartAsync(string connectionString, int clients, int autoPrepare = 0)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var tuned = WorkflowDatabase.Tune(new NpgsqlConnectionStringBuilder(connectionString));
        // For comparing only: the product never lets the driver prepare by count.
        tuned.MaxAutoPrepare = autoPrepare;
        tuned.AutoPrepareMinUsages = 2;
        tuned.MaxPoolSize = Math.Max(20, clients + 8);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(tuned));
        builder.Services.AddSingleton(ActivityRegistry.CreateDefault());
        builder.Services.AddWorkflowRuntime();
        var host = builder.Build();
        var data = host.Services.GetRequiredService<NpgsqlDataSource>();
        await host.Services.GetRequiredService<Migrator>().ApplyAsync([typeof(Migrator).Assembly]);
        await host.StartAsync();
        return new BenchmarkHost(host);
    }

    /// <summary>Start → Event waits → SetVariable → End.</summary>
    public async Task PublishAsync()
    {
        var store = _host.Services.GetRequiredService<IDefinitionStore>();
        var change = new DefinitionChange("bench", "Bench", DateTimeOffset.UtcNow);
        var document = (JsonObject)JsonNode.Parse(Definition)!;
        await store.SaveAsync(new SaveDraft { DefinitionId = DefinitionId, Document = document, Region = "VGR", Change = change, Force = true }, CancellationToken.None);
        await store.PublishAsync(DefinitionId, change, CancellationToken.None);
    }

    public async Task<(Guid InstanceId, string BookmarkId)> StartInstanceAsync()
    {
        var started = await Runtime.StartAsync(new StartWorkflow { DefinitionId = DefinitionId, Region = "VGR" });
        return (started.InstanceId, started.State!.Bookmarks[0].Id);
    }

    public async Task ResumeAsync((Guid InstanceId, string BookmarkId) waiting)
    {
        var outcome = await Runtime.ResumeAsync(new ResumeWorkflow { InstanceId = waiting.InstanceId, BookmarkId = waiting.BookmarkId });
        if (outcome.Kind != BurstOutcomeKind.Committed) throw new InvalidOperationException($"Resume came to {outcome.Kind}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable d) await d.DisposeAsync();
        else _host.Dispose();
    }

    private const string Definition =
        """
        { "definitionId": "bench-durable", "name": "bench-durable", "version": 1, "inputs": [], "outputs": [], "outcomes": [],
          "variables": [ { "id": "var1", "name": "Counter", "typeName": "Int32", "value": "0" } ],
          "root": { "id": "flow1", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start1", "name": "Start1", "type": "Elsa.Start", "version": 1 },
              { "id": "event1", "name": "Event1", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } },
              { "id": "setvar1", "name": "SetVariable1", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "var1", "name": "Counter", "typeName": "Int32" },
                "value": { "typeName": "Object", "expression": { "type": "Literal", "value": "42" } } },
              { "id": "end1", "name": "End1", "type": "Elsa.End", "version": 1 } ],
            "connections": [
              { "source": { "activity": "start1", "port": "Done" }, "target": { "activity": "event1", "port": "In" } },
              { "source": { "activity": "event1", "port": "Done" }, "target": { "activity": "setvar1", "port": "In" } },
              { "source": { "activity": "setvar1", "port": "Done" }, "target": { "activity": "end1", "port": "In" } } ] } }
        """;
}
