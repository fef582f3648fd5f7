using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>The short fixed lists that Studio fills its settings from, in Swedish; type names are Elsa's, so that definitions move.</summary>
internal static class SmallLists
{
    private static readonly JsonArray Features = new(
        Feature("RealTimeWorkflowUpdates", "Direktuppdatering", "Pågående instanser uppdateras medan man tittar."),
        Feature("WorkflowsApi", "Rutiner", "Rutiner, instanser och journal."));

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["/descriptors/expression-descriptors"] = Text(new JsonArray(
            // JavaScript first of those that are offered: new switch cases start with it.
            Expression("JavaScript", "JavaScript", true, "javascript"),
            Expression("Literal", "Fast värde", false),
            Expression("Object", "Objekt", false, "json"),
            Expression("Json", "JSON", false, "json"),
            Expression("Variable", "Variabel", true),
            Expression("Input", "Indata", true))),
        ["/descriptors/variables"] = Text(new JsonArray(
            Variable("String", "Text", "Enkla", "Text."),
            Variable("Boolean", "Ja/nej", "Enkla", "Ja eller nej."),
            Variable("Int32", "Heltal", "Enkla", "Ett heltal."),
            Variable("Long", "Stort heltal", "Enkla", "Ett stort heltal."),
            Variable("Double", "Decimaltal", "Enkla", "Ett tal med decimaler."),
            Variable("Decimal", "Belopp", "Enkla", "Ett tal med exakta decimaler."),
            Variable("DateTime", "Datum och tid utan zon", "Tid", "Datum och klockslag."),
            Variable("DateTimeOffset", "Tidpunkt", "Tid", "En tidpunkt, med tidszon."),
            Variable("DateOnly", "Datum", "Tid", "Ett datum."),
            Variable("TimeOnly", "Klockslag", "Tid", "Ett klockslag."),
            Variable("TimeSpan", "Tidslängd", "Tid", "En längd i tid."),
            Variable("Guid", "Id", "Enkla", "Ett unikt id."),
            Variable("Object", "Vad som helst", "Sammansatta", "Ett värde av valfritt slag."),
            Variable("ObjectDictionary", "Uppslag", "Sammansatta", "Namn och värden."),
            Variable("JSON", "JSON", "Sammansatta", "Ett JSON-värde."))),
        ["/descriptors/storage-drivers"] = Text(new JsonArray(
            new JsonObject { ["typeName"] = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", ["displayName"] = "Sparas med instansen", ["priority"] = 5, ["deprecated"] = false },
            new JsonObject { ["typeName"] = "WorkflowInstanceStorageDriver", ["displayName"] = "Sparas med instansen (kort namn)", ["priority"] = 1, ["deprecated"] = true })),
        ["/descriptors/workflow-activation-strategies"] = Text(new JsonArray(
            Strategy("Alltid", "En ny instans får alltid startas.", "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core"))),
        ["/descriptors/incident-strategies"] = Text(new JsonArray(
            Strategy("Avbryt vid fel", "Ett fel i ett steg avslutar instansen som felaktig.", "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core"),
            Strategy("Fortsätt vid fel", "Övriga grenar fortsätter; steget väntar på att någon åtgärdar det.", "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core"))),
        ["/descriptors/log-persistence-strategies"] = Text(new JsonArray(
            Strategy("Ta med", "Indata och utdata finns i journalen.", "Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core"))),
        ["/descriptors/commit-strategies/workflows"] = Text(new JsonArray(
            Commit("WorkflowExecuted", "Efter varje skur", "Allt som ett händelseförlopp ger sparas på en gång. Så arbetar den här värden alltid."))),
        ["/descriptors/commit-strategies/activities"] = Text(new JsonArray(
            Commit("CommitNever", "Med skuren", "Steget sparas tillsammans med resten av skuren."))),
        ["/descriptors/output-converters"] = Text(new JsonArray()),
        ["/features/installed"] = Text(Features),
        ["/resilience/strategies"] = Text(new JsonArray()),
    };

    public static JsonNode? Feature(string fullName) =>
        Features.OfType<JsonObject>().FirstOrDefault(f => f.Text("fullName") == fullName)?.DeepClone();

    private static string Text(JsonArray items)
    {
        var count = items.Count;
        return new JsonObject { ["items"] = items.DeepClone(), ["count"] = count }.ToJsonString(StudioJson.Options);
    }

    private static JsonObject Expression(string type, string name, bool browsable, string? language = null) => new()
    {
        ["type"] = type,
        ["displayName"] = name,
        ["isSerializable"] = true,
        ["isBrowsable"] = browsable,
        ["properties"] = language is null ? [] : new JsonObject { ["MonacoLanguage"] = language },
    };

    private static JsonObject Variable(string type, string name, string category, string description) =>
        new() { ["typeName"] = type, ["displayName"] = name, ["category"] = category, ["description"] = description };

    private static JsonObject Strategy(string name, string description, string type) =>
        new() { ["displayName"] = name, ["description"] = description, ["typeName"] = type };

    private static JsonObject Commit(string name, string displayName, string description) =>
        new() { ["name"] = name, ["displayName"] = displayName, ["description"] = description };

    private static JsonObject Feature(string name, string displayName, string description) =>
        new() { ["name"] = name, ["namespace"] = "Elsa", ["fullName"] = $"Elsa.{name}", ["displayName"] = displayName, ["description"] = description };
}
