using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>For tests on the whole host with its people: cases that are registered, and routines that are published past the gate and run for them.</summary>
public abstract class RealCases : IAsyncLifetime
{
    private static readonly DefinitionChange Change = new("prov", "Prov", DateTimeOffset.UnixEpoch);
    private TestHost _host = null!;

    protected TestHost Host => _host;

    protected IWorkflowRuntime Runtime => _host.Services.GetRequiredService<IWorkflowRuntime>();

    protected IInstanceReader Instances => _host.Services.GetRequiredService<IInstanceReader>();

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>The answer of the case API.</summary>
    protected async Task<JsonNode> RegisteredAsync(string text)
    {
        using var receiver = await SignInAsync("onk1.mott.a");
        var registered = await receiver.PostAsJsonAsync("/api/cases", new { unit = "Onkologimottagning 1", caseType = "Skicka meddelande", team = 1, text, subject = text });
        registered.StatusCode.Should().Be(HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
        return JsonNode.Parse(await registered.Content.ReadAsStringAsync())!;
    }

    protected async Task<string> RegisterAsync(string text) => (await RegisteredAsync(text))["id"]!.GetValue<string>();

    /// <summary>Saves and publishes past the gate.</summary>
    /// <param name="publisher">Null = whoever wrote it, so that nobody else has read it.</param>
    protected async Task SaveAsync(string region, JsonObject model, string? publisher = "granskare")
    {
        var store = _host.Services.GetRequiredService<IDefinitionStore>();
        var id = model["definitionId"]!.GetValue<string>();
        await store.SaveAsync(new SaveDraft { DefinitionId = id, Document = (JsonObject)model.DeepClone(), Region = region, Change = Change, Force = true }, default);
        await store.PublishAsync(id, Change with { PersonId = publisher ?? Change.PersonId }, default);
    }

    /// <summary>Runs a routine for a case; the run's id.</summary>
    protected async Task<Guid> RunAsync(string caseId, string definition, string region = "VGR") =>
        (await Runtime.StartAsync(new StartWorkflow { DefinitionId = definition, Region = region, CaseId = Guid.Parse(caseId), CorrelationId = caseId })).InstanceId;

    protected async Task<string?> IncidentAsync(Guid run) => (await Instances.IncidentsAsync(run, true)).SingleOrDefault()?.Message;

    protected async Task SqlAsync(string sql, params object[] parameters)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<long> CountAsync(string sql, params object[] parameters)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    protected async Task<HttpClient> SignInAsync(string user)
    {
        var answer = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, user);
        var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.GetValue<string>());
        return client;
    }
}
