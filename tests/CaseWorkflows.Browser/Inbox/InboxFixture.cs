using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Inbox;

/// <summary>A host and a browser for the tests of the staff's pages; cases come in as the integration client sends them.</summary>
public sealed class InboxFixture : BrowserFixture
{
    public const string Password = "demo";

    /// <summary>To choose in a field for files.</summary>
    public static readonly FilePayload Letter = new() { Name = "brev.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 brev"u8.ToArray() };

    private HttpClient? _integration;

    public TestHost Host { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Host = await TestHost.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        _integration?.Dispose();
        await base.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>A page signed in as the user, at the list of own tasks.</summary>
    public async Task<IPage> SignedInAsync(string user, bool script = true, ViewportSize? size = null)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(), Locale = "sv-SE", TimezoneId = "Europe/Stockholm", ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = size ?? new ViewportSize { Width = 1366, Height = 768 }, JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(30_000);   // a busy build machine is no fault of the page
        var page = await context.NewPageAsync();
        await SignInAsync(page, user);
        await page.WaitForLoadStateAsync(LoadState.Load);   // the keyboard works from here on
        return page;
    }

    /// <summary>Signs in where nobody is signed in.</summary>
    public static async Task SignInAsync(IPage page, string user)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Användarnamn").FillAsync(user);
        await page.GetByLabel("Lösenord").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Mina uppgifter" }).WaitForAsync();
    }

    /// <summary>A case from a resident.</summary>
    /// <returns>Id and case number.</returns>
    public async Task<(string Id, string Number)> CaseAsync(string type, object? extra = null, string unit = "Onkologimottagning 1")
    {
        var integration = _integration ??= await ApiAsync("integration");
        var body = new JsonObject
        {
            ["unit"] = unit, ["caseType"] = type, ["channel"] = "1177 e-tjänster",
            ["patient"] = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Tolvan Tolvansson", ["homeRegion"] = "VGR", ["digital"] = true },
            ["sender"] = new JsonObject { ["kind"] = "Patient", ["name"] = "Tolvan Tolvansson" },
            ["subject"] = "Fråga om min behandling", ["text"] = "Hej!\nJag undrar när jag får svar på provet.\nHälsningar Tolvan",
        };
        if (extra is not null)
            foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(extra)!.AsObject()) body[name] = value?.DeepClone();
        using var answer = await integration.PostAsJsonAsync("/api/cases", body);
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.IsSuccessStatusCode.Should().BeTrue(made.ToJsonString());
        return (made["id"]!.ToString(), made["caseNumber"]!.ToString());
    }

    /// <summary>A client of the API with the user's token.</summary>
    public async Task<HttpClient> ApiAsync(string user)
    {
        var client = new HttpClient { BaseAddress = Host.Address };
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = Password });
        answer.EnsureSuccessStatusCode();
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A call of the API that the user makes elsewhere.</summary>
    public async Task PostAsync(string user, string path, object? body = null)
    {
        using var client = await ApiAsync(user);
        using var answer = await client.PostAsJsonAsync(path, body ?? new { });
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The id of the case's first task.</summary>
    public async Task<string> TaskOfAsync(string caseId) => (await GetAsync($"/api/tasks?view=all&case={caseId}"))["items"]![0]!["id"]!.ToString();

    public async Task<JsonNode> GetAsync(string path)
    {
        using var client = await ApiAsync("admin");
        return JsonNode.Parse(await client.GetStringAsync(path))!;
    }
}
