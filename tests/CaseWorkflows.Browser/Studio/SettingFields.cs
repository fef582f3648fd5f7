using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>The settings of the selected step, each with the editor that Studio gives it, as a person uses them.</summary>
internal sealed class SettingFields(IPage page)
{
    /// <summary>The form of the selected step; the routine's own settings are a form before it.</summary>
    private ILocator Form => page.Locator(".mud-form").Last;

    /// <summary>One setting with its editor and its help, by the label above it.</summary>
    public ILocator Of(string label) =>
        Form.Locator(".flex-1, .mud-select-extended, .mud-input-control", new() { Has = page.Locator("legend, label", new() { HasTextRegex = new($@"^\s*{System.Text.RegularExpressions.Regex.Escape(label)}\s*$") }) }).First;

    public async Task WriteAsync(string label, string text)
    {
        await Of(label).Locator("input[type=text]:visible, textarea:visible").First.FillAsync(text);
        await page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Adds words to a field that holds several: the next one when the one before it has been taken and the field is empty again.</summary>
    public async Task AddAsync(string label, params string[] words)
    {
        var input = Of(label).Locator("input").First;
        foreach (var word in words)
        {
            await input.FillAsync(word);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(Of(label)).ToContainTextAsync(word);
            await Assertions.Expect(input).ToHaveValueAsync("");
        }
    }

    public Task TickAsync(string label) => Of(label).Locator("input[type=checkbox]").CheckAsync(new() { Force = true });

    public Task TickOneAsync(string label, string choice) => Of(label).GetByText(choice, new() { Exact = true }).ClickAsync();

    public async Task ChooseAsync(string label, string choice)
    {
        await Of(label).Locator(".mud-select-input-extended, .mud-select-input").First.ClickAsync();
        await page.Locator(".mud-popover-open").Last.GetByText(choice, new() { Exact = true }).First.ClickAsync();
    }

    /// <summary>Writes in the code editor that stands in a field.</summary>
    public async Task WriteCodeAsync(string label, string code)
    {
        await Of(label).Locator(".monaco-editor").First.ClickAsync();
        await page.Keyboard.InsertTextAsync(code);
        await page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Changes what a setting is written in, by the menu beside it.</summary>
    public async Task SwitchAsync(string label, string language)
    {
        await Of(label).Locator("xpath=following-sibling::*").Locator("button").First.ClickAsync();
        await page.Locator(".mud-popover-open .mud-menu-item", new() { HasText = language }).First.ClickAsync();
    }

    /// <summary>Adds a way with its condition in a table of ways.</summary>
    public async Task AddCaseAsync(string name, string condition)
    {
        await Form.GetByRole(AriaRole.Button, new() { Name = "Lägg till fall" }).ClickAsync();
        var fields = Form.Locator("td input[type=text], td textarea");
        // Studio proposes a name a moment after the row has come.
        await Assertions.Expect(fields.First).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"^Fall \d+$"));
        await fields.Nth(0).FillAsync(name);
        await fields.Nth(1).FillAsync(condition);
        await page.Keyboard.PressAsync("Tab");
        await Form.Locator("td button").First.ClickAsync();
    }

    /// <summary>What is written in the fields and editors of a setting; of choices, what is chosen.</summary>
    public async Task<string> ShownAsync(string label)
    {
        var field = Of(label);
        if (await field.Locator(".view-lines").CountAsync() > 0) return (await field.Locator(".view-lines").First.InnerTextAsync()).Replace('\u00a0', ' ');
        return await field.EvaluateAsync<string>("""
            e => [...[...e.querySelectorAll('input[type=text], textarea')].map(i => i.value), e.innerText,
              ...[...e.querySelectorAll('input[type=checkbox]')].filter(i => i.checked).map(i => '☑' + i.closest('label').innerText.trim())].join('\n')
            """);
    }

    /// <summary>The whole form as text, with what is written in its fields.</summary>
    public Task<string> AllAsync() =>
        Form.EvaluateAsync<string>("e => e.innerText + '\\n' + [...e.querySelectorAll('input[type=text], textarea')].map(i => i.value).join('\\n')");
}
