using System.Runtime.CompilerServices;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// A protected identity narrows who sees a case (D-10): whoever has it or a task of it, those who cover for them, and roles that
/// receive cases (<see cref="Permissions.CaseReadProtected"/>). The setting widens it again for a unit or a region.
/// </summary>
internal static class ProtectedIdentity
{
    /// <summary>Setting (boolean, default true). A change takes effect with the next call.</summary>
    public const string NarrowsAccess = "skyddadIdentitetBegränsar";

    private static readonly ConditionalWeakTable<ReferenceView, string[]> Widened = [];

    public static bool Narrows(ReferenceView reference, string unitId) => reference.Setting(NarrowsAccess, unitId, true);

    /// <summary>Units that do not narrow.</summary>
    public static string[] WidenedUnits(ReferenceView reference) =>
        Widened.GetValue(reference, static view => [.. view.Units.Keys.Where(u => !Narrows(view, u))]);

    /// <summary>Units whose protected cases the actor reads like any other: by permission, or because the unit does not narrow.</summary>
    public static string[] OpenUnits(Actor actor, ReferenceView reference) =>
        [.. actor.UnitsWith(Permissions.CaseReadProtected).Union(WidenedUnits(reference))];
}
