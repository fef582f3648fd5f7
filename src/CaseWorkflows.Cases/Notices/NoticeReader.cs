using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Notices of a case, or of a unit without a case, oldest first. The caller has checked what the actor may see.</summary>
public sealed class NoticeReader(NpgsqlDataSource database)
{
    public Task<IReadOnlyList<NoticeItem>> OfCaseAsync(Guid caseId, CancellationToken ct) => ReadAsync("case_id = $1", Sql.Value(caseId), ct);

    public Task<IReadOnlyList<NoticeItem>> OfUnitAsync(string unitId, CancellationToken ct) => ReadAsync("unit = $1 AND case_id IS NULL", Sql.Value(unitId), ct);

    private async Task<IReadOnlyList<NoticeItem>> ReadAsync(string where, NpgsqlParameter parameter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"SELECT id, channel, recipient, text, at, delivery_state, attempts, error FROM notice WHERE {where} AND NOT trial ORDER BY at, id").With(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<NoticeItem>();
        while (await reader.ReadAsync(ct))
            items.Add(new NoticeItem(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.Instant(4)!.Value, reader.GetString(5), reader.GetInt32(6), reader.Text(7)));
        return items;
    }
}
