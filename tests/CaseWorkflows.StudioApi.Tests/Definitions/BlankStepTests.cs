using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Every activity, dragged in and left as it is: what cannot be left out is told at publish, what can is not.</summary>
public sealed class BlankStepTests
{
    /// <summary>
    /// By type, the step's name as an ellipsis. Nothing: the step has defaults, has no settings, or says something sensible without any
    /// (a fault without a message, a line without a text).
    /// </summary>
    private static readonly Dictionary<string, string[]> Lacks = new()
    {
        ["CaseWorkflows.AgeOnDate"] = ["… saknar ’Åldersgränser’. Fyll i det.", "… saknar ’Utfall’. Fyll i det."],
        ["CaseWorkflows.AssignCase"] = ["…: ärendet får ingen ägare. Välj en roll eller ange en person."],
        ["CaseWorkflows.AtOpening"] = ["… saknar ’Enheter med inställningen’. Fyll i det."],
        ["CaseWorkflows.AwaitResident"] = ["…: väntar på invånaren utan gräns, och inget annat avslutar flödet. Fyll i ’Högst arbetsdagar’."],
        ["CaseWorkflows.BeforeClosing"] = [],
        ["CaseWorkflows.CloseCase"] = [],
        ["CaseWorkflows.Escalate"] = ["… saknar ’Roller’. Fyll i det."],
        ["CaseWorkflows.ExternalEvidence"] = ["… saknar ’System’. Fyll i det.", "… saknar ’Rubrik’. Fyll i det.", "… saknar ’Utfall’. Fyll i det.", "…: ingen kan ta uppgiften. Välj minst en roll eller ange en person."],
        ["CaseWorkflows.ForEachAdded"] = ["… saknar ’Lista’. Fyll i det.", "(varning) … upprepar ingenting: lägg till det som ska göras varje gång."],
        ["CaseWorkflows.GrantCover"] = ["… saknar ’Frånvaro’. Fyll i det.", "… saknar ’Frånvarande’. Fyll i det.", "… saknar ’Bevakas av’. Fyll i det."],
        ["CaseWorkflows.HistoryNote"] = ["… saknar ’Händelse’. Fyll i det."],
        ["CaseWorkflows.HumanTask"] = ["… saknar ’Rubrik’. Fyll i det.", "… saknar ’Utfall’. Fyll i det.", "…: ingen kan ta uppgiften. Välj minst en roll eller ange en person."],
        ["CaseWorkflows.MeetDeadline"] = ["… saknar ’Skäl’. Fyll i det."],
        ["CaseWorkflows.MoveCase"] = ["… saknar ’Till enhet’. Fyll i det."],
        ["CaseWorkflows.OpenHoursDelay"] = ["… saknar ’Minuter’. Fyll i det."],
        ["CaseWorkflows.RaiseDeviation"] = ["…: det framgår inte om avvikelsen gäller en patient. Hämta ’Kopplat till patient’ från uppgiftens svar."],
        ["CaseWorkflows.ReclassifyCase"] = ["… saknar ’Ärendetyp’. Fyll i det."],
        ["CaseWorkflows.ResidentMessage"] = ["…: meddelandet har ingen text. Skriv en text eller välj en fras."],
        ["CaseWorkflows.ResponseDeadline"] = [],
        ["CaseWorkflows.RevokeCover"] = ["… saknar ’Frånvaro’. Fyll i det."],
        ["CaseWorkflows.RouteCase"] = ["… saknar ’Tabell’. Fyll i det.", "… saknar ’Utfall’. Fyll i det.", "(varning) Grenen slutar vid steget ’Steget självt’: inget av dess utfall leder vidare."],
        ["CaseWorkflows.RoutineStatus"] = ["… saknar ’Dokument-ID’. Fyll i det."],
        ["CaseWorkflows.SetCaseFlag"] = ["…: inget märke är valt. Välj minst ett att sätta eller ta bort."],
        ["CaseWorkflows.SetCaseStatus"] = ["… saknar ’Status’. Fyll i det."],
        ["CaseWorkflows.SetDeadline"] = ["… saknar ’Antal dagar’. Fyll i det."],
        ["CaseWorkflows.StaffNotice"] = ["…: aviseringen har ingen mottagare. Välj minst en roll, eller en annan mottagare."],
        ["CaseWorkflows.Sweep"] = ["… saknar ’Vad söks’. Fyll i det."],
        ["CaseWorkflows.WorkingDayDelay"] = [],
        ["Elsa.Break"] = ["(varning) … ligger inte i någon upprepning, så det finns ingenting att avbryta."],
        ["Elsa.BulkDispatchWorkflows"] = ["… saknar ’Arbetsflöde’. Fyll i det.", "… saknar ’Lista’. Fyll i det."],
        ["Elsa.Complete"] = [],
        ["Elsa.Composite"] = [],
        ["Elsa.Correlate"] = ["… saknar ’Korrelations-id’. Fyll i det."],
        ["Elsa.Cron"] = ["… saknar ’Cron-uttryck’. Fyll i det."],
        ["Elsa.Delay"] = [],
        ["Elsa.DispatchWorkflow"] = ["… saknar ’Arbetsflöde’. Fyll i det."],
        ["Elsa.End"] = [],
        ["Elsa.Event"] = ["… saknar ’Händelse’. Fyll i det."],
        ["Elsa.ExecuteWorkflow"] = ["… saknar ’Arbetsflöde’. Fyll i det."],
        ["Elsa.Fault"] = [],
        ["Elsa.Finish"] = [],
        ["Elsa.FlowDecision"] = ["… saknar ’Villkor’. Fyll i det."],
        ["Elsa.FlowFork"] = ["… saknar ’Vägar’. Fyll i det."],
        ["Elsa.FlowJoin"] = [],
        ["Elsa.FlowNode"] = [],
        ["Elsa.FlowSwitch"] = ["… saknar ’Vägar’. Fyll i det."],
        ["Elsa.Flowchart"] = ["Flödet ’Steget självt’ är tomt: lägg till minst ett steg."],
        ["Elsa.For"] = ["… saknar ’Från’. Fyll i det.", "… saknar ’Till’. Fyll i det.", "(varning) … upprepar ingenting: lägg till det som ska göras varje gång."],
        ["Elsa.ForEach"] = ["… saknar ’Lista’. Fyll i det.", "(varning) … upprepar ingenting: lägg till det som ska göras varje gång."],
        ["Elsa.Fork"] = ["Flödet ’Steget självt’ är tomt: lägg till minst ett steg."],
        ["Elsa.If"] = ["… saknar ’Villkor’. Fyll i det.", "(varning) … gör ingenting: lägg till det som ska göras då eller annars."],
        ["Elsa.Parallel"] = ["Flödet ’Steget självt’ är tomt: lägg till minst ett steg."],
        ["Elsa.ParallelForEach"] = ["… saknar ’Lista’. Fyll i det.", "(varning) … upprepar ingenting: lägg till det som ska göras varje gång."],
        ["Elsa.PublishEvent"] = ["… saknar ’Händelse’. Fyll i det."],
        ["Elsa.RunJavaScript"] = ["… saknar ’Skript’. Fyll i det."],
        ["Elsa.RunTask"] = ["… saknar ’Uppgift’. Fyll i det."],
        ["Elsa.Sequence"] = ["Flödet ’Steget självt’ är tomt: lägg till minst ett steg."],
        ["Elsa.SetName"] = ["… saknar ’Namn’. Fyll i det."],
        ["Elsa.SetOutput"] = ["… saknar ’Utdata’. Fyll i det."],
        ["Elsa.SetVariable"] = ["… saknar ’Variabel’. Fyll i det."],
        ["Elsa.StartAt"] = ["… saknar ’Tidpunkt’. Fyll i det."],
        ["Elsa.Switch"] = ["… saknar ’Fall’. Fyll i det."],
        ["Elsa.Timer"] = [],
        ["Elsa.While"] = ["… saknar ’Villkor’. Fyll i det.", "(varning) … upprepar ingenting: lägg till det som ska göras varje gång."],
        ["Elsa.Workflow"] = [],
        ["Elsa.WriteLine"] = [],
    };

    [Fact]
    public async Task Each_activity_left_blank_is_told_what_it_lacks()
    {
        // A start cannot stand behind a start.
        var types = Gate.Registry.Descriptors.Where(d => d.TypeName != "Elsa.Start").GroupBy(d => d.TypeName).Select(g => g.MaxBy(d => d.Version)!).ToList();
        var found = await Gate.CheckAsync(types.Select(d => (d.TypeName, Gate.Around(Routines.Step("steg", d.TypeName, d.Version).Named("Steget självt"), Ports(d)))));
        var told = found.ToDictionary(f => f.Key, f => f.Value.Select(v => (v.Severity == FindingSeverity.Error ? "" : "(varning) ") + v.Message.Replace("Steget ’Steget självt’", "…")).ToArray());
        told.Should().BeEquivalentTo(Lacks);
    }

    /// <summary>A required setting that is emptied again, whatever its default, is told by its name.</summary>
    [Fact]
    public async Task Each_required_setting_emptied_is_told()
    {
        var required = Gate.Registry.Descriptors.SelectMany(d => d.Inputs.Where(i => i.Required && i.IsWrapped).Select(i => (Step: d, Input: i))).ToList();
        required.Should().NotBeEmpty();
        var found = await Gate.CheckAsync(required.Select(r =>
        {
            var step = Routines.Step("steg", r.Step.TypeName, r.Step.Version).Named("Steget");
            step[r.Input.JsonName] = Routines.Literal("");
            return ($"{r.Step.TypeName}.{r.Input.Name}", Gate.Around(step, Ports(r.Step)));
        }));
        foreach (var (step, input) in required)
            found[$"{step.TypeName}.{input.Name}"].Select(f => f.Message).Should().ContainSingle(m => m == $"Steget ’Steget’ saknar ’{input.DisplayName}’. Fyll i det.", step.TypeName);
    }

    private static string[] Ports(ActivityDescriptor descriptor)
    {
        var ports = descriptor.Ports.Where(p => p.Kind == PortKind.Flow && p.IsBrowsable).Select(p => p.Name).ToArray();
        return ports.Length > 0 ? ports : descriptor.IsTerminal || descriptor.Inputs.Any(i => i.UIHint == "dynamic-outcomes") ? [] : ["Done"];
    }
}
