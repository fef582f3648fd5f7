using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>A signed-in window that remembers everything that went wrong in it, and what leaves the host.</summary>
public sealed class StudioWindow : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly Uri _address;

    internal StudioWindow(IBrowserContext context, IPage page, Uri address)
    {
        Context = context;
        Page = page;
        _address = address;
        page.Console += (_, m) => { if (m.Type == "error") _troubles.Enqueue($"console: {m.Text}"); };
        page.PageError += (_, e) => _troubles.Enqueue($"script: {e}");
        page.Response += (_, r) => { if (r.Status >= 400) _troubles.Enqueue($"{r.Status} {r.Request.Method} {r.Url}"); };
        page.Request += (_, r) =>
        {
            if (r.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(r.Url).Authority != _address.Authority) _troubles.Enqueue($"leaves the host: {r.Url}");
        };
        // A page load cuts off the calls of the page before it; those are no failures.
        page.RequestFailed += (_, r) => { if (r.Failure is not null && !r.Failure.Contains("ERR_ABORTED")) _troubles.Enqueue($"failed: {r.Url} {r.Failure}"); };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What a browser says of where a call comes from; without it an unsafe call is refused.</summary>
    public Dictionary<string, string> Origin => new() { ["Origin"] = _address.GetLeftPart(UriPartial.Authority) };

    /// <summary>Everything that the browser complained about, minus what the test expects.</summary>
    public IEnumerable<string> Troubles(params string[] expected) => _troubles.Where(t => !expected.Any(t.Contains));

    /// <summary>No failed call, nothing in the console, no error bar, and no English on a Swedish page.</summary>
    public async Task ShouldBeFreeOfTroubleAsync(params string[] expected)
    {
        Troubles(expected).Should().BeEmpty();
        (await Page.Locator("#blazor-error-ui").IsVisibleAsync()).Should().BeFalse("the error bar is for things that broke");
        if (await Page.Locator("main[data-culture=sv-SE]").CountAsync() > 0)
            (await StudioWords.OnAsync(Page, expected)).Should().BeEmpty("everything is in Swedish");
    }

    public async Task<JsonObject> ApiAsync(string method, string path, object? body = null)
    {
        var response = await Context.APIRequest.FetchAsync("/elsa/api/" + path, new APIRequestContextOptions
        {
            Method = method,
            DataObject = body is null ? null : JsonSerializer.SerializeToNode(body),
            Headers = Origin,
        });
        var text = await response.TextAsync();
        response.Ok.Should().BeTrue($"{method} {path} answers {response.Status}: {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The routine's newest version as the server has it, once it is as awaited.</summary>
    public async Task<JsonObject> DraftAsync(string definitionId, Func<JsonObject, bool> awaited, string what)
    {
        JsonObject? draft = null;
        for (var until = DateTime.UtcNow.AddSeconds(Budgets.Seconds(20)); DateTime.UtcNow < until; await Task.Delay(200))
        {
            draft = await ApiAsync("GET", $"workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");
            if (awaited(draft)) return draft;
        }

        throw new TimeoutException($"The draft never got {what}: {draft?["root"]?.ToJsonString()}");
    }

    /// <summary>Saves a routine and publishes it, as the editor does; answers the stored document.</summary>
    public async Task<JsonObject> SaveAsync(JsonObject model, bool publish = false) =>
        (await ApiAsync("POST", "workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }))["workflowDefinition"]!.AsObject();

    /// <summary>The list of routines, reached as from any of Studio's pages, with the one that is looked for.</summary>
    public async Task FindRoutineAsync(string definitionId)
    {
        if (Page.Url == "about:blank") await Page.GotoAsync("/studio/workflows/definitions");
        else await Page.Locator(".cw-strip").GetByRole(AriaRole.Link, new() { Name = "Rutiner", Exact = true }).ClickAsync();
        await Page.GetByPlaceholder("Sök på id, namn eller beskrivning").FillAsync(definitionId);
        await Page.Locator("tbody tr", new() { Has = Page.GetByText(definitionId, new() { Exact = true }) }).First.WaitForAsync();
    }

    /// <summary>Marks the document that is loaded now.</summary>
    public Task MarkDocumentAsync() => Page.EvaluateAsync("() => { window.marked = true; }");

    /// <summary>The marked document is still the one that is shown: nothing has been loaded anew.</summary>
    public Task<bool> IsMarkedAsync() => Page.EvaluateAsync<bool>("() => window.marked === true");

    /// <summary>Opens the dialog for a new routine, the moment that the list is there: it stays open.</summary>
    public async Task OpenNewRoutineAsync(string button)
    {
        await Page.GotoAsync("/studio/workflows/definitions");
        await Page.Locator("tbody tr").First.WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(Page.Locator(".mud-dialog input").First).Not.ToHaveValueAsync("");
    }

    public Task ShootAsync(string name) => Pictures.TakeAsync(Page, name);

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}
