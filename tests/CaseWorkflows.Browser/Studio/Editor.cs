using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>The editor and the viewer as a person uses them; the canvas is asked through Studio's own designer module.</summary>
internal sealed class Editor(StudioWindow window)
{
    private const string Graphs = "const d = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js'); const graphs = Object.values(d.graphBindings).map(b => b.graph).filter(Boolean);";

    private IPage Page => window.Page;

    /// <summary>The routine's name among its properties.</summary>
    public ILocator Name => Page.GetByRole(AriaRole.Textbox, new() { NameRegex = new(@"^Namn\*?$") }).First;

    /// <summary>The box of a setting, by its label: Studio's labels and boxes are not always tied together.</summary>
    public ILocator Field(string label) =>
        Page.Locator(".mud-input-control", new() { Has = Page.Locator("label", new() { HasTextRegex = new($@"^\s*{label}\s*$") }) }).Last
            .Locator("textarea:visible, input:visible").First;

    public async Task OpenAsync(string definitionId, int steps = 1)
    {
        await Page.GotoAsync($"/studio/workflows/definitions/{definitionId}/edit");
        await DrawnAsync(steps);
    }

    /// <summary>Opens a routine as people do, from the list: found by its id, and clicked.</summary>
    public async Task OpenFromListAsync(string definitionId, int steps = 1)
    {
        await window.FindRoutineAsync(definitionId);
        await OpenFoundAsync(definitionId, steps);
    }

    /// <summary>Opens a routine that stands in the list.</summary>
    public async Task OpenFoundAsync(string definitionId, int steps = 1)
    {
        await Page.Locator("tbody tr", new() { Has = Page.GetByText(definitionId, new() { Exact = true }) }).First.ClickAsync();
        await Page.WaitForURLAsync($"**/definitions/{definitionId}/edit");
        await DrawnAsync(steps);
    }

    public async Task DrawnAsync(int steps = 1)
    {
        for (var until = DateTime.UtcNow.AddSeconds(Budgets.Seconds(60)); DateTime.UtcNow < until; await Page.WaitForTimeoutAsync(100))
        {
            if (await Page.EvaluateAsync<bool>($"async (n) => {{ {Graphs} return graphs.some(g => g.getNodes().length >= n); }}", steps)) return;
        }

        throw new TimeoutException($"The canvas has not {steps} steps after a minute.");
    }

    /// <summary>Waits until every step's box is as wide as its name; Studio measures steps after it has drawn them.</summary>
    public Task NamesFitAsync() => Page.WaitForFunctionAsync(
        "() => [...document.querySelectorAll('.x6-node .elsa-activity .activity-label')].every((l) => l.scrollWidth <= l.clientWidth + 1)");

    /// <summary>What is written at the ports of a step.</summary>
    public async Task<IReadOnlyList<string>> PortsAsync(string stepId) =>
        await Page.Locator($".x6-node[data-cell-id='{stepId}'] .x6-port-out .x6-port-label").AllTextContentsAsync();   // SVG has no inner text

    /// <summary>How many steps and connections stand on the canvas.</summary>
    public async Task<(int Steps, int Connections)> CountAsync()
    {
        var counts = await Page.EvaluateAsync<int[]>($"async () => {{ {Graphs} const g = graphs[0]; return [g.getNodes().length, g.getEdges().length]; }}");
        return (counts[0], counts[1]);
    }

    /// <summary>Selects a step the way a click does, wherever it stands.</summary>
    public async Task SelectAsync(string stepId)
    {
        await Page.EvaluateAsync($"async (id) => {{ {Graphs} const [c, b] = Object.entries(d.graphBindings).find(([, b]) => b.graph?.getCellById(id)); b.graph.zoomTo(1); b.graph.centerCell(b.graph.getCellById(id)); b.graph.cleanSelection?.(); await d.selectActivity(c, id); }}", stepId);
        await Page.Locator($".x6-node-selected[data-cell-id='{stepId}']").WaitForAsync();
        // The form below follows a moment later; it is of this step when it has its name.
        await Page.WaitForTimeoutAsync(400);
    }

    /// <summary>The id of the newest step of a type.</summary>
    public Task<string> StepOfTypeAsync(string type) =>
        Page.EvaluateAsync<string>($"async (t) => {{ {Graphs} return graphs[0].getNodes().filter(n => (n.data?.type ?? n.data?.activity?.type) === t).map(n => n.id).at(-1) ?? null; }}", type);

    /// <summary>Drags a step from the toolbox to the canvas.</summary>
    public async Task DragInAsync(string search, string name)
    {
        var find = Page.GetByPlaceholder("Sök", new() { Exact = true });
        await find.FillAsync(search);
        var item = Page.Locator("[draggable=true]", new() { HasText = name }).First;
        if (!await item.IsVisibleAsync()) await Page.Locator(".mud-expand-panel-header").First.ClickAsync();
        await item.WaitForAsync();
        await item.DragToAsync(Page.Locator(".x6-graph").First, new() { TargetPosition = new() { X = 320, Y = 330 } });
        await find.FillAsync("");
    }

    /// <summary>Pulls a line from a port on the right edge of one step to the left edge of another.</summary>
    public async Task ConnectAsync(string from, string to)
    {
        await Page.EvaluateAsync($"async () => {{ {Graphs} graphs[0].zoomToFit({{ padding: 60, maxScale: 1 }}); }}");
        await Page.WaitForTimeoutAsync(300);
        var (start, end) = (await PortAsync(from, "out"), await PortAsync(to, "in"));
        await Page.Mouse.MoveAsync(start.X, start.Y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync((start.X + end.X) / 2, (start.Y + end.Y) / 2, new() { Steps = 6 });
        await Page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 6 });
        await Page.Mouse.UpAsync();
    }

    public Task TabAsync(string name) => Page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true }).Last.ClickAsync();

    /// <summary>Waits for the save that follows half a second after a change.</summary>
    public Task<IResponse> SavedAsync(Func<Task> change) =>
        Page.RunAndWaitForResponseAsync(change, r => r.Request.Method == "POST" && r.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal));

    /// <summary>Publishes with a reason, through Studio's own button and our question.</summary>
    public async Task<IResponse> PublishAsync(string why)
    {
        await Page.Locator(".mud-button-group-root button").First.ClickAsync();
        await Page.Locator(".cw-dialog textarea").FillAsync(why);
        return await SavedAsync(() => Page.Locator(".cw-dialog button.cw-main").ClickAsync());
    }

    private async Task<(float X, float Y)> PortAsync(string step, string group)
    {
        var box = await Page.EvaluateAsync<float[]>(
            "([id, group]) => { const p = document.querySelector(`.x6-node[data-cell-id='${id}'] .x6-port-body[port-group='${group}'], .x6-node[data-cell-id='${id}'] [port-group='${group}']`); const r = p.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }",
            new[] { step, group });
        return (box[0], box[1]);
    }
}
