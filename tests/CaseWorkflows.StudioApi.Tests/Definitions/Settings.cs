using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Routines with one setting that is wrong.</summary>
internal static class Settings
{
    public static JsonObject TaskWithoutCandidates() => Gate.Around(Gate.Step("CaseWorkflows.HumanTask", "Fördela", ("title", "Fördela ärende"), ("outcomes", "[\"Klar\"]")), "Klar");

    public static JsonObject UnknownRole() => Gate.Around(Gate.Step("CaseWorkflows.HumanTask", "Fördela", ("title", "Fördela"), ("outcomes", "[\"Klar\"]"), ("roles", "[\"arendemottagare\",\"trollkarl\"]")), "Klar");

    public static JsonObject UnknownUnit() => Gate.Around(Gate.Step("CaseWorkflows.MoveCase", "Flytta", ("toUnit", "månen")), "Done");

    public static JsonObject UnknownPhrase() => Gate.Around(Gate.Step("CaseWorkflows.ResidentMessage", "Svara", ("phrase", "hokuspokus")), "Skickat", "Spärrat");

    public static JsonObject UnknownCaseType() => Gate.Around(Gate.Step("CaseWorkflows.ReclassifyCase", "Byt typ", ("caseType", "okand_typ")), "Done");

    public static JsonObject UnknownDocument() => Gate.Around(Gate.Step("CaseWorkflows.RoutineStatus", "Rutinstatus", ("documentId", "SU-0")), "Done");

    public static JsonObject UnknownTable() => Gate.Around(Gate.Step("CaseWorkflows.RouteCase", "Dirigera", ("table", "ingen"), ("outcomes", "[\"Fördela\"]")), "Fördela", "Ingen regel", "Erbjuds inte");

    public static JsonObject UnknownSetting() => Gate.Around(Gate.Step("CaseWorkflows.AtOpening", "Morgon", ("setting", "finnsEj")), "Done");

    public static JsonObject UnknownFlag() => Gate.Around(Gate.Step("CaseWorkflows.SetCaseFlag", "Märk", ("add", "[\"Flagga\"]")), "Done");

    public static JsonObject UnknownKind() => Gate.Around(Gate.Step("CaseWorkflows.ResidentMessage", "Svara", ("kind", "Brevduva"), ("text", "Hej")), "Skickat", "Spärrat");

    public static JsonObject UnknownStatus() => Gate.Around(Gate.Step("CaseWorkflows.SetCaseStatus", "Status", ("status", "Påbörjatt")), "Done");

    public static JsonObject UnknownRoleOfOutcome() => Gate.Around(Task(("outcomeRoles", "{\"Klar\":[\"trollkarl\"]}")), "Klar");

    public static JsonObject FormNamesAnotherOutcome() => Gate.Around(Task(("form", "[{\"label\":\"Text\",\"type\":\"text\",\"requiredFor\":[\"Sakna\"]}]")), "Klar");

    public static JsonObject FormFieldOfNoType() => Gate.Around(Task(("form", "[{\"label\":\"Text\",\"type\":\"roman\"}]")), "Klar");

    public static JsonObject WritesAFieldThatIsNotThere() => Gate.Around(Task(("form", "[{\"label\":\"Text\"}]"), ("writeBack", "{\"team\":\"team\"}")), "Klar");

    public static JsonObject AgesWithoutAWay() => Gate.Around(Gate.Step("CaseWorkflows.AgeOnDate", "Ålder", ("limits", "[\"18\"]"), ("outcomes", "[\"0–17\"]")), "0–17", "Okänd ålder");

    public static JsonObject MissingRoutine() => Gate.Around(Gate.Step("Elsa.ExecuteWorkflow", "Starta", ("workflowDefinitionId", "borta")), "Done");

    public static JsonObject MissingDeviationRoutine() => Gate.Around(Task(("deviationRoutine", "borta")), "Klar");

    public static JsonObject MissingRoutineAsStep()
    {
        var step = Gate.Step("BortaRutin", "Delrutin");
        step["workflowDefinitionId"] = "borta";
        return Gate.Around(step, "Done");
    }

    public static JsonObject WaitsForEver() => Gate.Around(Gate.Step("CaseWorkflows.AwaitResident", "Invänta"), "Svar", "Tid ute");

    public static JsonObject EmptiedDelay() => Gate.Around(With("Elsa.Delay", "Vänta", "timeSpan", Routines.Literal("")), "Done");

    public static JsonObject DelayOfNoMinutes() => Gate.Around(Gate.Step("CaseWorkflows.OpenHoursDelay", "Vänta", ("minutes", "0")), "Done");

    public static JsonObject LimitOfNoDays() => Gate.Around(Gate.Step("CaseWorkflows.SetDeadline", "Svarstid", ("days", "-1")), "Done");

    public static JsonObject TimerTooFast() => Gate.Around(Trigger(Gate.Step("Elsa.Timer", "Ofta", ("interval", "00:00:00"))), "Done");

    public static JsonObject CronThatIsNone() => Gate.Around(Gate.Step("Elsa.Cron", "Schema", ("cronExpression", "varje morgon")), "Done");

    public static JsonObject EventWithoutName() => Gate.Around(Gate.Step("Elsa.Event", "Händelse", ("eventName", " ")), "Done");

    public static JsonObject ScriptThatDoesNotParse() => Script("1 +* 2");

    public static JsonObject ScriptWithAnUnknownVariable() => Script("getVariable('borta') + 1");

    public static JsonObject ScriptWithAnUnknownGetter() => Script("getBeslutet().vem");

    public static JsonObject ScriptWithAMisspeltName() => Script("ärende.nummer");

    public static JsonObject ScriptInAnotherLanguage() => Gate.Around(With("Elsa.WriteLine", "Räkna", "text", Routines.Expression("Liquid", "{{ 1 }}")), "Done");

    public static JsonObject VariableThatIsNotThere() => Gate.Around(With("Elsa.WriteLine", "Räkna", "text", Routines.Expression("Variable", """{"id":"v1","name":"Borta","typeName":"String"}""")), "Done");

    public static JsonObject InputThatIsNotThere() => Gate.Around(With("Elsa.WriteLine", "Räkna", "text", Routines.Expression("Input", """{"name":"borta"}""")), "Done");

    public static JsonObject OutputThatIsNotThere() => Gate.Around(Gate.Step("Elsa.SetOutput", "Ge utdata", ("outputName", "borta")), "Done");

    public static JsonObject SwitchWithoutCondition()
    {
        var step = Gate.Step("Elsa.FlowSwitch", "Välj");
        step["cases"] = new JsonArray(new JsonObject { ["label"] = "Brådskande", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "" } });
        return Gate.Around(step, "Brådskande", "Default");
    }

    internal static JsonObject Task(params (string, string)[] more) =>
        Gate.Step("CaseWorkflows.HumanTask", "Fördela", [("title", "Fördela"), ("outcomes", "[\"Klar\"]"), ("roles", "[\"arendemottagare\"]"), .. more]);

    internal static JsonObject Trigger(JsonObject step)
    {
        step["customProperties"]!["canStartWorkflow"] = true;
        return step;
    }

    private static JsonObject Script(string text) => Gate.Around(Gate.Step("Elsa.WriteLine", "Räkna", ("text", "js:" + text)), "Done");

    private static JsonObject With(string type, string label, string input, JsonObject value)
    {
        var step = Gate.Step(type, label);
        step[input] = value;
        return step;
    }
}
