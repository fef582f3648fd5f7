using System.Globalization;
using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.Database;

namespace CaseWorkflows.Host.Composition;

/// <summary>A whole host: its database and its web application. Made the same way by the program and by tests.</summary>
public sealed class CaseWorkflowsApplication : IAsyncDisposable
{
    private readonly DatabaseAccess _database;

    private CaseWorkflowsApplication(WebApplication web, DatabaseAccess database)
    {
        Web = web;
        _database = database;
    }

    public WebApplication Web { get; }

    public IServiceProvider Services => Web.Services;

    /// <summary>Reads the configuration, opens the database, migrates it and fills an empty one. Nothing listens yet.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="customise">Changes the builder last; for tests.</param>
    public static async Task<CaseWorkflowsApplication> CreateAsync(string[] args, Action<WebApplicationBuilder>? customise = null, CancellationToken ct = default)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;   // Swedish texts format explicitly
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        customise?.Invoke(builder);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        using var loggers = LoggerFactory.Create(b => b.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
        var database = await DatabaseAccess.OpenAsync(settings, loggers, ct);
        try
        {
            await database.PrepareSchemaAsync(settings, loggers, ct);
            builder.AddCaseWorkflows(settings, database.Source);
            var web = builder.Build();
            web.UseCaseWorkflows();
            await web.Services.PrepareDatabaseAsync(ct);
            return new CaseWorkflowsApplication(web, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until it is told to stop.</summary>
    public Task RunAsync(CancellationToken ct = default)
    {
        StartMessage.WriteWhenStarted(Web, Services.GetRequiredService<HostSettings>(), _database.Description);
        return Web.RunAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await _database.DisposeAsync();
    }
}
