using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Cases;

/// <summary>What differs between a case before and after: one line of history each, with names instead of ids.</summary>
internal static class CaseChanges
{
    public const string TypeChanged = "Ärendetyp ändrad";
    public const string Closed = "Ärendet avslutat";

    public static IReadOnlyList<(string Event, string? Before, string? After)> Between(CaseRecord before, CaseRecord after, ReferenceView reference)
    {
        var changes = new List<(string, string?, string?)>();
        Compare("Status ändrad", before.Status, after.Status);
        Compare(TypeChanged, TypeName(before.CaseType), TypeName(after.CaseType));
        Compare("Enhet ändrad", reference.UnitName(before.UnitId), reference.UnitName(after.UnitId));
        Compare("Ansvarig enhet ändrad", reference.UnitName(before.ResponsibleUnitId), reference.UnitName(after.ResponsibleUnitId));
        Compare("Team ändrat", before.Team?.ToString(), after.Team?.ToString());
        Compare("Prioritet ändrad", before.Priority?.ToString(), after.Priority?.ToString());
        Compare("Ägare ändrad", Owner(before), Owner(after));
        Compare("Svarsklocka", ClockText(before), ClockText(after));
        Compare("Skyddad identitet", before.Patient?.ProtectedIdentity, after.Patient?.ProtectedIdentity);
        foreach (var flag in after.Flags.Except(before.Flags)) changes.Add(("Flagga satt", null, flag));
        foreach (var flag in before.Flags.Except(after.Flags)) changes.Add(("Flagga borttagen", flag, null));
        if (before.ClosedAt is null && after.ClosedAt is not null) changes.Add((Closed, null, after.CloseMode ?? after.Status));
        if (before.ClosedAt is not null && after.ClosedAt is null) changes.Add(("Ärendet öppnat igen", null, after.Status));
        return changes;

        void Compare(string name, string? a, string? b)
        {
            if (!string.Equals(a, b, StringComparison.Ordinal)) changes.Add((name, a, b));
        }

        string TypeName(string code) => reference.CaseTypes.TryGetValue(code, out var type) ? type.Name : code;

        string? Owner(CaseRecord c) => c.OwnerPerson is { } person ? reference.FindPerson(person)?.ShortName ?? person
            : c.OwnerRole is { } role ? reference.RoleName(role) : null;
    }

    public static bool ContentDiffers(CaseRecord before, CaseRecord after) =>
        before.Patient != after.Patient || !JsonNode.DeepEquals(before.Fields, after.Fields);

    public static bool Differs(CaseRecord before, CaseRecord after) =>
        !(before with { Flags = after.Flags, Fields = after.Fields }).Equals(after) || !before.Flags.SetEquals(after.Flags) || ContentDiffers(before, after);

    private static string ClockText(CaseRecord c) =>
        c.Clock.Due is { } due ? $"{c.Clock.State}, svara senast {Calendars.SwedishTime.ToLocal(due):yyyy-MM-dd HH:mm}" : c.Clock.State;
}
