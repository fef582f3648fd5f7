using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Who has read patient data, in a log of its own.</summary>
public sealed class ReadLog(NpgsqlDataSource database)
{
    /// <param name="what">Swedish: what was shown.</param>
    public Task AddAsync(CommandContext context, Guid caseId, string region, string what, CancellationToken ct) =>
        AddAsync(context.Actor.PersonId ?? context.Actor.Kind, context.Now, caseId, region, what, context.Source, ct);

    /// <param name="person">The person's id.</param>
    /// <param name="at">Business time.</param>
    /// <param name="what">Swedish: what was shown.</param>
    /// <param name="source">One of <see cref="HistorySource"/>.</param>
    public async Task AddAsync(string person, DateTimeOffset at, Guid caseId, string region, string what, string source, CancellationToken ct)
    {
        await using var command = database.CreateCommand("INSERT INTO read_log (id, at, person, region, case_id, what, source) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .With(Guid.CreateVersion7(), at, person, region, caseId, what, source);
        await command.ExecuteNonQueryAsync(ct);
    }
}
