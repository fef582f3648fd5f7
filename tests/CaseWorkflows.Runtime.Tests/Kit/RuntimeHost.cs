using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>A runtime on a test database as a host composes it, with its own connection pool: two of them are two hosts.</summary>
internal sealed class RuntimeHost : IAsyncDisposable
{
    private static readonly DefinitionChange Change = new("test", "Test", DateTimeOffset.UnixEpoch);
    private readonly IHost _host;

    private RuntimeHost(IHost host) => _host = host;

    public IWorkflowRuntime Runtime => Get<IWorkflowRuntime>();

    public IInstanceReader Instances => Get<IInstanceReader>();

    public IClockControl Clock => Get<IClockControl>();

    public NpgsqlDataSource Data => Get<NpgsqlDataSource>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static Task<RuntimeHost> StartAsync(TestDatabase database, Action<WorkflowRuntimeOptions>? options = null, Action<IServiceCollection>? services = null) =>
        StartAsync(database.ConnectionString, options, services);

    public static async Task<RuntimeHost> StartAsync(string connectionString, Action<WorkflowRuntimeOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(WorkflowDatabase.Tune(connectionString)));
        builder.Services.AddSingleton(ActivityRegistry.CreateDefault().Register<TestJob>().Register<AskQuery>().Register<EveryHour>().Register<Deadly>());
        builder.Services.AddWorkflowRuntime(o =>
        {
            o.PollInterval = TimeSpan.FromMilliseconds(200);
            options?.Invoke(o);
        });
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<RuntimeInitializer>().InitializeAsync(CancellationToken.None);
        return new RuntimeHost(host);
    }

    public static Task<RuntimeHost> ManualAsync(TestDatabase database, DateTimeOffset now, Action<IServiceCollection>? services = null, Action<WorkflowRuntimeOptions>? options = null) =>
        StartAsync(
            database,
            o =>
            {
                o.ClockMode = ClockMode.Manual;
                o.ClockSeed = now;
                options?.Invoke(o);
            },
            services);

    public async Task PublishAsync(params JsonObject[] definitions)
    {
        var store = Get<IDefinitionStore>();
        var change = Change with { At = await Get<IBusinessClock>().NowAsync() };
        foreach (var d in definitions)
        {
            await store.SaveAsync(new SaveDraft { DefinitionId = (string)d["definitionId"]!, Document = d, Region = "VGR", Change = change, Force = true }, CancellationToken.None);
        }

        foreach (var d in definitions) await store.PublishAsync((string)d["definitionId"]!, change, CancellationToken.None);
    }

    public Task<BurstOutcome> StartAsync(string definitionId, Action<Dictionary<string, object?>>? input = null, string? correlationId = null)
    {
        var values = new Dictionary<string, object?>();
        input?.Invoke(values);
        return Runtime.StartAsync(new StartWorkflow { DefinitionId = definitionId, Region = "VGR", Input = values, CorrelationId = correlationId });
    }

    public Task<BurstOutcome> ResumeAsync(BurstOutcome waiting, object? input = null) => Runtime.ResumeAsync(
        new ResumeWorkflow { InstanceId = waiting.InstanceId, BookmarkId = waiting.State!.Bookmarks.Single().Id, Input = input });

    public async Task<InstanceDetail> FindAsync(Guid id) => await Instances.FindAsync(id) ?? throw new InvalidOperationException($"No instance {id}.");

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Data.CreateCommand(sql);
        foreach (var p in parameters) command.Parameters.Add(new() { Value = p });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Data.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var p in parameters) command.Parameters.Add(new() { Value = p });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>For what other threads do: asks until it is so, at most a minute, for a machine with much else to do.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (await condition()) return;
            await Task.Delay(20);
        }

        throw new TimeoutException($"A minute passed without: {what}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable d) await d.DisposeAsync();
        else _host.Dispose();
    }
}
