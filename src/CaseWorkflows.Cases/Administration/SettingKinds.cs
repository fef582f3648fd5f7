using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Administration;

/// <summary>A setting has one kind of value wherever it is set, within its range: routines read it as that.</summary>
public static class SettingKinds
{
    /// <summary>Settings that decide who may see or do something, with the permission that whoever changes one needs at the place.</summary>
    private static readonly Dictionary<string, string> Guarded = new()
    {
        [ProtectedIdentity.NarrowsAccess] = Permissions.CaseReadProtected, [FourEyes] = Permissions.SystemAdmin
    };

    /// <summary>Setting: nobody publishes his own changes.</summary>
    public const string FourEyes = "publicering.fyraÖgon";

    /// <summary>The settings about access whose values differ.</summary>
    public static IReadOnlyList<string> Access(JsonObject? values, JsonObject? before) =>
        [.. Guarded.Keys.Where(k => !JsonNode.DeepEquals(values?[k], before?[k]))];

    /// <summary>The actor has what each of these settings needs, at every one of the places.</summary>
    public static bool MaySet(IEnumerable<string> settings, IEnumerable<string> places, CommandContext context) =>
        settings.All(s => AdministrationScope.Holds(context, Guarded[s], places));

    /// <summary>Word to the auditors of the place that a setting about access has changed.</summary>
    internal static IReadOnlyList<IBurstParticipant> WordOf(IReadOnlyList<string> settings, string place, CommandContext context, DeliveryChannels channels)
    {
        if (settings.Count == 0) return [];
        var reference = context.Reference;
        var where = place == ReferenceView.Everywhere ? "alla regioner" : reference.UnitName(place);
        var text = $"{context.Actor.DisplayName} har ändrat inställningen {string.Join(" och ", settings)} för {where}. Den avgör vem som får se eller göra vad.";
        return [.. reference.People.Values.Where(p => p.Email is not null && Actor.Of(p, reference).May(Permissions.AuditRead, place)).OrderBy(p => p.Id, StringComparer.Ordinal)
            .Select(p => new AccountWord(context, p, [p.Email!], reference.RegionOf(place), "Ändrad åtkomst", text, channels))];
    }

    /// <param name="values">The settings as they become.</param>
    /// <param name="before">As they were: what stands there unchanged is not looked at.</param>
    /// <param name="path">What the fields of <paramref name="values"/> are called in the answer, before their names.</param>
    public static void Check(JsonObject values, JsonObject? before, string path, ReferenceView reference, FieldFaults faults)
    {
        foreach (var (key, value) in values)
            if (!JsonNode.DeepEquals(value, before?[key])) Check(key, value, path + key, reference, faults);
    }

    public static void Check(string key, JsonNode? value, string field, ReferenceView reference, FieldFaults faults)
    {
        if (value is null) return;
        var example = reference.ExampleOfSetting(key);
        if (example is not null && KindOf(example) is var kind && kind != KindOf(value)) faults.Add(field, AskFor(kind));
        else if (SettingValues.Fault(key, value) is { } fault) faults.Add(field, fault);
        else if (KindOfParts(example) is { } parts && PartsOf(value).Any(p => p is null || KindOf(p) != parts)) faults.Add(field, $"Varje del: {AskFor(parts)}");
        else if (key == RegisterCase.RoutineSetting && !reference.RoutineDocuments.ContainsKey(value.ToString())) faults.Add(field, $"Rutindokumentet ”{value}” finns inte.");
    }

    private static string AskFor(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True => "Ange ja eller nej (true eller false).",
        JsonValueKind.Number => "Ange ett tal.",
        JsonValueKind.String => "Ange text.",
        JsonValueKind.Array => "Ange en lista.",
        _ => "Ange ett objekt."
    };

    /// <summary>Null where the parts have no kind in common, or there are none.</summary>
    private static JsonValueKind? KindOfParts(JsonNode? value) =>
        PartsOf(value).Select(p => p is null ? JsonValueKind.Null : KindOf(p)).Distinct().ToList() is [var only] ? only : null;

    private static IEnumerable<JsonNode?> PartsOf(JsonNode? value) => value switch
    {
        JsonArray list => list, JsonObject map => map.Select(p => p.Value), _ => []
    };

    /// <summary>True stands for both truth values.</summary>
    internal static JsonValueKind KindOf(JsonNode value) => value.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
}
