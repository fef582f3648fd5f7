using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Access;

/// <summary>For those who follow routines and not cases: whether a case is one whose contents stay with the people who have it (D-10).</summary>
public sealed class ProtectedCases(NpgsqlDataSource database, ReferenceStore reference, IBusinessClock clock)
{
    public async Task<bool> ContainsAsync(Guid caseId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT unit FROM cases WHERE id = $1 AND protected").With(caseId);
        return await command.ExecuteScalarAsync(ct) is string unit
            && ProtectedIdentity.Narrows((await reference.FreshAsync(ct)).At(await clock.NowAsync(ct)), unit);
    }
}
