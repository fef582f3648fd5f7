using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Who has read patient data, in a log of its own.</summary>
public sealed class ReadLog(NpgsqlDataSource database)
{
    /// <param name="what">Swedish: what was shown.</param>
    public async Task AddAsync(CommandContext context, Guid caseId, string region, string what, CancellationToken ct)
    {
        await using var command = database.CreateCommand("INSERT INTO read_log (id, at, person, region, case_id, what, source) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .With(Guid.CreateVersion7(), context.Now, context.Actor.PersonId ?? context.Actor.Kind, region, caseId, what, context.Source);
        await command.ExecuteNonQueryAsync(ct);
    }
}
