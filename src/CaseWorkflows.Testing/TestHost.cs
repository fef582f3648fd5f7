using System.Globalization;
using CaseWorkflows.Host.Composition;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Testing;

/// <summary>
/// A whole host in this process, on Kestrel and a database of its own: seeded with the routines and reference data of
/// <c>workflows/</c> and the demo users, on a manual clock. Several may run at once. The client is thread-safe.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly CaseWorkflowsApplication _application;
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;

    private TestHost(CaseWorkflowsApplication application, TestDatabase database, bool ownsDatabase)
    {
        _application = application;
        _database = database;
        _ownsDatabase = ownsDatabase;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>A client without a user.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _application.Services;

    public TestDatabase Database => _database;

    /// <summary>Starts a host.</summary>
    /// <param name="options">How it differs from the ordinary.</param>
    public static async Task<TestHost> StartAsync(TestHostOptions? options = null)
    {
        options ??= new TestHostOptions();
        var database = options.Database ?? (options is { ManualClock: true, Arguments: [], Customise: null } ? await TestDatabase.SeededAsync(options.Now) : new TestDatabase());
        try
        {
            var application = await CreateAsync(database.ConnectionString, options);
            await application.Web.StartAsync();
            return new TestHost(application, database, options.Database is null);
        }
        catch
        {
            if (options.Database is null) await database.DisposeAsync();
            throw;
        }
    }

    internal static Task<CaseWorkflowsApplication> CreateAsync(string connection, TestHostOptions options)
    {
        List<string> arguments =
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:CaseWorkflows={connection}",
            .. options.ManualClock ? ["--Clock:Mode=Manual", $"--Clock:Now={options.Now.ToString("O", CultureInfo.InvariantCulture)}"] : Array.Empty<string>(),
            .. options.Arguments,
        ];
        return CaseWorkflowsApplication.CreateAsync([.. arguments], builder =>
        {
            builder.Logging.ClearProviders();   // a failing test shows what it asserts, not the host's chatter
            options.Customise?.Invoke(builder);
        });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.Web.StopAsync();
        await _application.DisposeAsync();
        if (_ownsDatabase) await _database.DisposeAsync();
    }
}
