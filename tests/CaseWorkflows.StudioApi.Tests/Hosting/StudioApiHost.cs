using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Rights;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>The API alone on Kestrel, with the real runtime and database; who calls is told by a header.</summary>
public sealed class StudioApiHost : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private WebApplication _web = null!;

    public IServiceProvider Services => _web.Services;

    public Uri Address { get; private set; } = null!;

    public TestDatabase Database => _database;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseKestrelCore();
        var services = builder.Services;
        services.AddSingleton(_database.DataSource);
        services.AddSingleton(ActivityRegistry.CreateDefault().Register<TestLetter>().Register<TestDanger>());
        services.AddWorkflowRuntime(o => o.MaxTurns = 100);
        services.AddSingleton<ReferenceStore>();
        services.AddSingleton<CommandContexts>();
        services.AddSingleton<IRoutineRights, HeaderRights>();
        services.AddStudioApi(builder.Configuration);
        _web = builder.Build();
        _web.MapStudioApi();
        await _web.StartAsync();
        Address = new Uri(_web.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _database.DisposeAsync();
    }

    public StudioClient As(string user, string? session = null) => new(Address, user, session);
}
