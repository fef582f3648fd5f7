using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>A browser and a running host with the routines of workflows/ published; each window is signed in by the page that people use.</summary>
public sealed class StudioFixture : BrowserFixture
{
    public const string ProcessOwner = "agare";

    private readonly ConcurrentBag<(string User, IBrowserContext Context)> _idle = [];

    public TestHost Host { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Host = await TestHost.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Host is not null) await Host.DisposeAsync();
    }

    /// <summary>
    /// A window that nobody else has, signed in. The browser that the user had in an earlier test is used again, as one that has been here before: it has
    /// Studio's files, which a new one takes seconds to fetch and compile.
    /// </summary>
    public async Task<StudioWindow> OpenAsync(string user = ProcessOwner)
    {
        var context = await TakeAsync(user) ?? await SignInAsync(user);
        return new StudioWindow(context, await context.NewPageAsync(), Host.Address, () => _idle.Add((user, context)));
    }

    private async Task<IBrowserContext?> TakeAsync(string user)
    {
        List<(string User, IBrowserContext Context)> others = [];
        IBrowserContext? found = null;
        while (found is null && _idle.TryTake(out var idle))
        {
            if (idle.User != user) others.Add(idle);
            else if ((await idle.Context.CookiesAsync()).Count > 0) found = idle.Context;
            else await idle.Context.CloseAsync();
        }

        foreach (var other in others) _idle.Add(other);
        return found;
    }

    private async Task<IBrowserContext> SignInAsync(string user)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(),
            Locale = "sv-SE",
            TimezoneId = "Europe/Stockholm",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = 1600, Height = 950 },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout((float)Budgets.Seconds(45) * 1000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name=userName]", user);
        await page.FillAsync("[name=password]", "demo");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("logga-in", StringComparison.Ordinal));
        await page.CloseAsync();
        return context;
    }

    /// <summary>A case from a resident, with the runs of its routines.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CaseAsync()
    {
        using var integration = await ClientAsync(Host.Address, "integration");
        using var answer = await integration.PostAsJsonAsync("/api/cases", new
        {
            unit = "Onkologimottagning 1", caseType = "Förnya recept", channel = "1177 e-tjänster",
            patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson", homeRegion = "VGR", digital = true },
            sender = new { kind = "Patient", name = "Tolvan Tolvansson" }, subject = "Recept", text = "Hej!",
        });
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.IsSuccessStatusCode.Should().BeTrue(made.ToJsonString());
        return made["id"]!.ToString();
    }

    /// <summary>A run that is no trial and so stands in the lists, as what is started from the editor does not.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> StartAsync(string definitionId)
    {
        var id = Guid.CreateVersion7();
        await Host.Services.GetRequiredService<IWorkflowRuntime>().StartAsync(new StartWorkflow { DefinitionId = definitionId, InstanceId = id, Region = "VGR" }, CancellationToken.None);
        return id.ToString();
    }

    /// <summary>A client signed in as the user.</summary>
    public static async Task<HttpClient> ClientAsync(Uri address, string user)
    {
        var client = new HttpClient { BaseAddress = address };
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.ToString());
        return client;
    }
}
