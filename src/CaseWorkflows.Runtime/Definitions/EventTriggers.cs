using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Which published routines begin with which events.</summary>
public sealed class EventTriggers(NpgsqlDataSource source)
{
    /// <returns>Their definition ids, each once.</returns>
    public async Task<IReadOnlyList<string>> StartedByAsync(IReadOnlyCollection<string> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        await using var command = source.CreateCommand("SELECT DISTINCT definition_id FROM event_trigger WHERE hash = ANY($1) AND event_name = ANY($2) ORDER BY definition_id");
        command.Parameters.Add(new() { Value = events.Select(EventHash.OfEvent).ToArray() });
        command.Parameters.Add(new() { Value = events.ToArray() });
        var ids = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetString(0));
        return ids;
    }
}
