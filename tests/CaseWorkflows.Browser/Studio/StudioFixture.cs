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

    /// <summary>A window of its own: new cookies, signed in.</summary>
    public async Task<StudioWindow> OpenAsync(string user = ProcessOwner, int width = 1600, int height = 950)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(),
            Locale = "sv-SE",
            TimezoneId = "Europe/Stockholm",
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout((float)Budgets.Seconds(45) * 1000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name=userName]", user);
        await page.FillAsync("[name=password]", "demo");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("logga-in", StringComparison.Ordinal));
        // What the start page does by itself is another test's concern.
        await page.GotoAsync("about:blank");
        return new StudioWindow(context, page, Host.Address);
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
