using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// Tells steps that start other routines whether there is one to start, so that a missing one is an incident at the step instead of a
/// start that is held back while the step waits. What was found published is remembered until told otherwise; only what was not is
/// asked for, on the burst's own connection. A region's routines are there for what runs in that region, the shared ones for all.
/// </summary>
internal sealed class PublishedDefinitions : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public PublishedDefinitions(IHostSignals signals) => _subscription = signals.Subscribe(GraphCache.Topic, Forget);

    /// <summary>For one burst, while it runs: nothing else reads on its connection then.</summary>
    /// <param name="region">Where the instance runs.</param>
    /// <param name="connection">The burst's.</param>
    public IPublishedDefinitions In(string region, NpgsqlConnection connection) => new InBurst(this, region, connection);

    public void Dispose() => _subscription.Dispose();

    private void Forget(string? definitionId)
    {
        if (definitionId is null) _known.Clear();
        else _known.TryRemove(definitionId, out _);
    }

    private sealed class InBurst(PublishedDefinitions published, string region, NpgsqlConnection connection) : IPublishedDefinitions
    {
        public PublishedDefinition Find(string definitionId)
        {
            if (!published._known.TryGetValue(definitionId, out var owner))
            {
                using var command = new NpgsqlCommand("""
                    select d.region from workflow_definition_version v join workflow_definition d using (definition_id)
                    where v.definition_id = $1 and v.is_published and v.deleted_at is null
                    """, connection);
                command.Parameters.Add(new() { Value = definitionId });
                if (command.ExecuteScalar() is not string found) return PublishedDefinition.Missing;
                owner = published._known[definitionId] = found;
            }

            return owner == region || owner == DefinitionFiles.Shared ? PublishedDefinition.Startable : PublishedDefinition.Elsewhere;
        }
    }
}
