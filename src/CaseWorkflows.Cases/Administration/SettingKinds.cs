using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Administration;

/// <summary>A setting has one kind of value wherever it is set: routines read it as that.</summary>
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

    /// <param name="path">What the fields of <paramref name="values"/> are called in the answer, before their names.</param>
    public static void Check(JsonObject values, string path, ReferenceView reference, FieldFaults faults)
    {
        foreach (var (key, value) in values) Check(key, value, path + key, reference, faults);
    }

    public static void Check(string key, JsonNode? value, string field, ReferenceView reference, FieldFaults faults)
    {
        if (value is null || reference.KindOfSetting(key) is not { } kind || kind == KindOf(value)) return;
        faults.Add(field, kind switch
        {
            JsonValueKind.True => "Ange ja eller nej (true eller false).",
            JsonValueKind.Number => "Ange ett tal.",
            JsonValueKind.String => "Ange text.",
            JsonValueKind.Array => "Ange en lista.",
            _ => "Ange ett objekt."
        });
    }

    /// <summary>True stands for both truth values.</summary>
    internal static JsonValueKind KindOf(JsonNode value) => value.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
}
