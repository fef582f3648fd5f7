using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// Tells steps that start other routines whether there is one to start, so that a missing one is an incident at the step instead of a
/// start that is held back while the step waits. What was found published is remembered until told otherwise; only what was not is
/// asked for, on a connection of its own. A region's routines are there for what runs in that region, the shared ones for all.
/// </summary>
internal sealed class PublishedDefinitions : IDisposable
{
    private const int MostSeconds = 2;
    private readonly NpgsqlDataSource _source;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public PublishedDefinitions(NpgsqlDataSource source, IHostSignals signals)
    {
        _source = source;
        _subscription = signals.Subscribe(GraphCache.Topic, Forget);
    }

    /// <param name="region">Where the instance runs.</param>
    public IPublishedDefinitions In(string region) => new OfRegion(this, region);

    private PublishedDefinition Find(string definitionId, string region)
    {
        if (!_known.TryGetValue(definitionId, out var owner))
        {
            try
            {
                using var command = _source.CreateCommand("""
                    select d.region from workflow_definition_version v join workflow_definition d using (definition_id)
                    where v.definition_id = $1 and v.is_published and v.deleted_at is null
                    """);
                command.CommandTimeout = MostSeconds;
                command.Parameters.Add(new() { Value = definitionId });
                if (command.ExecuteScalar() is not string found) return PublishedDefinition.Missing;
                owner = _known[definitionId] = found;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // Not known to be missing: the start itself finds out.
                return PublishedDefinition.Startable;
            }
        }

        return owner == region || owner == DefinitionFiles.Shared ? PublishedDefinition.Startable : PublishedDefinition.Elsewhere;
    }

    public void Dispose() => _subscription.Dispose();

    private sealed class OfRegion(PublishedDefinitions all, string region) : IPublishedDefinitions
    {
        public PublishedDefinition Find(string definitionId) => all.Find(definitionId, region);
    }

    private void Forget(string? definitionId)
    {
        if (definitionId is null) _known.Clear();
        else _known.TryRemove(definitionId, out _);
    }
}
