using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Reads the audit history, oldest first; the reading of a case's is logged. Reasons are what somebody wrote: only for those who see texts.</summary>
public sealed class HistoryReader(NpgsqlDataSource database, CaseGate gate, ReadLog readLog)
{
    /// <summary>All entries of a case.</summary>
    public async Task<IReadOnlyList<HistoryItem>> OfCaseAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var (record, sight) = await gate.SeeAsStaffAsync(context, idOrNumber, "Visa historik", ct);
        await readLog.AddAsync(context, record.Id, record.UnitId, "Historik", ct);
        return await OfStreamAsync(context, HistoryWriter.StreamOf(record.Id, null, ""), sight == Sight.WithText, ct);
    }

    /// <summary>All entries of a unit that belong to no case.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="unit">A unit of the actor's region.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<HistoryItem>> OfUnitAsync(CommandContext context, Unit unit, CancellationToken ct)
    {
        var text = context.Actor.May(Permissions.UnitManage, unit.Id) || context.Actor.May(Permissions.TaskReadUnit, unit.Id);
        if (!text && !context.Actor.May(Permissions.AuditRead, unit.Id)) throw new ForbiddenException("Visa enhetens historik", unit: unit.Id);
        var items = await OfStreamAsync(context, HistoryWriter.StreamOf(null, unit.Id, ""), text, ct);
        await readLog.AddNamedAsync(context, items.SelectMany(i => new[] { i.Event, i.Task, i.Before, i.After, i.Reason }), "Enhetens historik", ct);
        return items;
    }

    private async Task<IReadOnlyList<HistoryItem>> OfStreamAsync(CommandContext context, string stream, bool text, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT h.at, h.entry::text, h.refused, t.reason, coalesce(k.title_computed, false)
            FROM history h LEFT JOIN history_text t ON t.stream = h.stream AND t.seq = h.seq LEFT JOIN task k ON k.id = h.task_id WHERE h.stream = $1 ORDER BY h.seq
            """).With(stream);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<HistoryItem>();
        while (await reader.ReadAsync(ct))
        {
            var entry = (JsonObject)JsonNode.Parse(reader.GetString(1))!;
            if (!text) HideWords(entry, ofTask: reader.GetBoolean(4));
            items.Add(Item(context.Reference, reader.Instant(0)!.Value, entry, reader.GetBoolean(2), text || reader.IsDBNull(3) ? reader.Text(3) : Hidden));
        }

        return items;
    }

    // What a routine has worked out from a case is as protected as the case.
    private static void HideWords(JsonObject entry, bool ofTask)
    {
        if (ofTask) entry.Remove("task");
        if (entry["event"]?.ToString() is { } name && ofTask && name.StartsWith(Refusal, StringComparison.Ordinal)) entry["event"] = Refusal + Hidden;
        if (!entry.Remove("computed")) return;
        entry["event"] = "Anteckning";
        // Which step it was may tell the same.
        entry.Remove("activity");
        foreach (var word in new[] { "before", "after" })
            if (entry.ContainsKey(word)) entry[word] = Hidden;
    }

    private const string Refusal = "Nekad: ";

    /// <summary>Stands where somebody wrote a reason.</summary>
    public const string Hidden = "(dold: fritext)";

    private static HistoryItem Item(ReferenceView reference, DateTimeOffset at, JsonObject entry, bool refused, string? reason)
    {
        var actor = entry["actor"] as JsonObject;
        var role = actor?["role"]?.ToString();
        var unit = actor?["unit"]?.ToString();
        return new HistoryItem(
            at,
            new HistoryActor(actor?["kind"]?.ToString() ?? ActorKind.System, actor?["id"]?.ToString(), actor?["userName"]?.ToString(),
                role is null ? null : reference.RoleLabel(role), unit is null ? null : reference.UnitName(unit), actor?["capacity"]?.ToString()),
            Text("event") ?? "", Text("task"), Text("activity"), Text("before"), Text("after"), reason, Text("source"), refused, Text("rule"));

        string? Text(string name) => entry[name]?.ToString();
    }
}
