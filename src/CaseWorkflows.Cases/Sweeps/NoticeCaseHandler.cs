using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Sweeps;

/// <summary>Looks up a case for a notice inside the burst's transaction: of the routine's region, and no trial from outside it.</summary>
internal sealed class NoticeCaseHandler : IQueryHandler
{
    public bool Handles(object query) => query is NoticeCaseQuery;

    public async Task<object?> RunAsync(object query, NpgsqlConnection connection, NpgsqlTransaction transaction, BurstScope scope, CancellationToken ct)
    {
        var cases = scope.Find<CaseScope>();
        await using var command = new NpgsqlCommand("""
            SELECT id, case_number, case_type, protected FROM cases
            WHERE id = $1 AND ($2::text IS NULL OR region = $2) AND CASE WHEN $3 THEN id = $4 ELSE NOT trial END
            """, connection, transaction).With(((NoticeCaseQuery)query).CaseId, Sql.Value(cases?.Region), scope.Trial, Sql.Value(scope.CaseId));
        await using var r = await command.ExecuteReaderAsync(ct);
        if (!await r.ReadAsync(ct)) return null;
        var type = r.GetString(2);
        return new NoticeCase(r.GetGuid(0), r.GetString(1), cases?.Reference.CaseTypes.GetValueOrDefault(type)?.Name ?? type, r.GetBoolean(3));
    }
}
