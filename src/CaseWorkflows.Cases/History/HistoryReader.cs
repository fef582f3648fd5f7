using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Reads the audit history, oldest first.</summary>
public sealed class HistoryReader(NpgsqlDataSource database)
{
    /// <summary>All entries of a case. The caller has checked that the actor may see the case.</summary>
    public Task<IReadOnlyList<HistoryItem>> OfCaseAsync(CommandContext context, Guid caseId, CancellationToken ct) =>
        OfStreamAsync(context, HistoryWriter.StreamOf(caseId, null, ""), ct);

    /// <summary>All entries of a unit that belong to no case.</summary>
    public Task<IReadOnlyList<HistoryItem>> OfUnitAsync(CommandContext context, string unitId, CancellationToken ct) =>
        OfStreamAsync(context, HistoryWriter.StreamOf(null, unitId, ""), ct);

    private async Task<IReadOnlyList<HistoryItem>> OfStreamAsync(CommandContext context, string stream, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT h.at, h.entry::text, h.refused, t.reason
            FROM history h LEFT JOIN history_text t ON t.stream = h.stream AND t.seq = h.seq WHERE h.stream = $1 ORDER BY h.seq
            """).With(stream);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<HistoryItem>();
        while (await reader.ReadAsync(ct))
            items.Add(Item(context.Reference, reader.Instant(0)!.Value, (JsonObject)JsonNode.Parse(reader.GetString(1))!, reader.GetBoolean(2), reader.Text(3)));
        return items;
    }

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
