using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Loads single cases.</summary>
public sealed class CaseStore(NpgsqlDataSource database)
{
    /// <param name="idOrNumber">Case id or case number.</param>
    /// <exception cref="NotFoundException">No such case.</exception>
    public async Task<CaseRecord> GetAsync(string idOrNumber, CancellationToken ct)
    {
        await using var command = Guid.TryParse(idOrNumber, out var id)
            ? database.CreateCommand($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = $1").With(id)
            : database.CreateCommand($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.case_number = $1").With(idOrNumber);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? CaseSql.Read(reader) : throw new NotFoundException();
    }

    public Task<CaseRecord> GetAsync(Guid id, CancellationToken ct) => GetAsync(id.ToString(), ct);
}
