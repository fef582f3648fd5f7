using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime.Definitions;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>The routines that rows of routing tables name.</summary>
public static class RoutedRoutines
{
    private const string Field = "workflow";

    // What decides whether the routine is there for the row.
    private static readonly string[] Deciding = [Field, "table", "units"];

    /// <summary>
    /// A row names a routine of the regions that it holds for, published or to be; what a case starts does not begin by itself. A row from before
    /// that names none stays as it is until one of these fields changes.
    /// </summary>
    internal static async Task CheckAsync(
        NpgsqlDataSource database, JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults, CancellationToken ct)
    {
        if (before is not null && Deciding.All(f => JsonNode.DeepEquals(document[f], before[f]))) return;
        var starts = document["table"]?.ToString() == RegisterCase.StartTable;
        if (document[Field]?.ToString() is not { } id || SoundText.IsBlank(id))
        {
            document[Field] = null;
            if (starts) faults.Add(Field, "Ange rutinen som ett inkommet ärende startar.");
            return;
        }

        var routine = await StartOfRoutine.FindAsync(database, id, ct);
        if (routine is null || !IsThere(routine.Region, document, context.Reference)) faults.Add(Field, $"Rutinen ”{id}” finns inte för de enheter som raden gäller.");
        else if (starts && routine.ByItself) faults.Add(Field, $"Rutinen ”{id}” börjar vid en händelse eller en tid och tar inga ärenden.");
    }

    /// <summary>The rows that start the routine for cases at present.</summary>
    public static IReadOnlyList<RoutingRow> RowsOf(ReferenceView reference, string definitionId) =>
        [.. reference.Routing[RegisterCase.StartTable].Where(r => r.Workflow == definitionId).OrderBy(r => r.Id, StringComparer.Ordinal)];

    private static bool IsThere(string region, JsonObject document, ReferenceView reference)
    {
        if (region == DefinitionFiles.Shared) return true;
        // A row without units holds everywhere.
        return document["units"] is JsonArray { Count: > 0 } units && units.All(u => reference.RegionOf(u?.ToString()) == region);
    }
}
