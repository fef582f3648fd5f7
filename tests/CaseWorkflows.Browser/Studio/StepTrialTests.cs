using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CaseWorkflows.Browser.Studio;

/// <summary>One step tried by itself in the editor, on a made-up case of which nothing stays.</summary>
[Collection(StudioCollection.Name)]
public sealed class StepTrialTests(StudioFixture studio)
{
    [Fact]
    public async Task A_step_tried_tells_what_it_would_do_in_Swedish_and_leaves_nothing_behind()
    {
        await using var window = await studio.OpenAsync();
        await window.SaveAsync(Routine());
        await new Editor(window).OpenAsync("test-prova", 6);
        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Prova", Exact = true }).First.WaitForAsync();
        var before = await StoredAsync();

        await TryAsync("vag", "Klar", @"Villkor\s+Ja", @"Utfall\s+Utfall\s+Ja");
        await TryAsync("brev", "Klar", @"Text\s+Svar om Provkörning", @"Utfall\s+Skickat", @"Skickad text\s+Svar om Provkörning");
        await window.ShootAsync("prova-steg");
        await TryAsync("uppgift", "Pågår", @"Rubrik\s+Ring om Provkörning");
        await TryAsync("fel", "Fel", @"Meddelande\s+Fältet ""Text"" kunde inte räknas ut: ’finnsInte’ finns inte \(rad 1\)");
        await window.ShootAsync("prova-steg-fel");
        await TryAsync("tomt", "Fel", @"Meddelande\s+Fältet ""Text"" kunde inte räknas ut: Skriptet kunde inte köras\.");

        (await StoredAsync()).Should().Be(before, "a trial leaves no case, task, letter or run");

        async Task TryAsync(string step, string status, params string[] shown)
        {
            await new Editor(window).SelectAsync(step);
            var tab = window.Page.GetByRole(AriaRole.Tab, new() { Name = "Prova", Exact = true }).Last;
            await tab.ClickAsync();
            await window.Page.GetByText("Välj Starta för att prova steget.").WaitForAsync();   // not the step before
            await window.Page.GetByRole(AriaRole.Button, new() { Name = "Starta", Exact = true }).ClickAsync();
            var told = window.Page.Locator(".mud-tabs-panels", new() { Has = window.Page.GetByRole(AriaRole.Button, new() { Name = "Starta", Exact = true }) }).Last;
            await Assertions.Expect(told).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Status\s*Status\s*" + status));
            var text = await told.InnerTextAsync();
            foreach (var pattern in shown) text.Should().MatchRegex(pattern, $"of {step}");
            await window.ShouldBeFreeOfTroubleAsync();
        }
    }

    private static JsonObject Routine()
    {
        var way = RoutineModels.Step("vag", "Elsa.FlowDecision", "Kommer det från provet?", 1);
        way["condition"] = RoutineModels.Wrapped("arende.amne === 'Provkörning'", "JavaScript");
        way["condition"]!["typeName"] = "Boolean";
        var letter = RoutineModels.Step("brev", "CaseWorkflows.ResidentMessage", "Skicka brev", 2);
        letter["text"] = RoutineModels.Wrapped("'Svar om ' + arende.amne", "JavaScript");
        var task = RoutineModels.Step("uppgift", "CaseWorkflows.HumanTask", "Ring", 3);
        task["title"] = RoutineModels.Wrapped("'Ring om ' + arende.amne", "JavaScript");
        var wrong = RoutineModels.Step("fel", "Elsa.WriteLine", "Skrivfel", 1, 1);
        wrong["text"] = RoutineModels.Wrapped("finnsInte + 1", "JavaScript");
        var empty = RoutineModels.Step("tomt", "Elsa.WriteLine", "Läser tomt", 2, 1);
        empty["text"] = RoutineModels.Wrapped("arende.ingenting.alls", "JavaScript");
        return RoutineModels.Flow("test-prova", "Provas steg för steg", [RoutineModels.Step("start", "Elsa.Start", "Start", 0), way, letter, task, wrong, empty], [RoutineModels.Connection("start", "vag")]);
    }

    private async Task<string> StoredAsync()
    {
        string[] tables = ["cases", "task", "message", "history", "notice", "instance", "bookmark", "incident", "journal", "queue"];
        await using var count = studio.Host.Database.DataSource.CreateCommand(string.Join(" UNION ALL ", tables.Select(t => $"SELECT '{t} ' || count(*) FROM {t}")));
        await using var reader = await count.ExecuteReaderAsync();
        var counts = new List<string>();
        while (await reader.ReadAsync()) counts.Add(reader.GetString(0));
        return string.Join(", ", counts);
    }
}
