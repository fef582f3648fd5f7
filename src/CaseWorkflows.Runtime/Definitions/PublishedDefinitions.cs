using System.Collections.Concurrent;
using CaseWorkflows.Engine.Authoring;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// Tells steps that start other routines whether there is one to start, so that a missing one is an incident at the step instead of a
/// start that is held back while the step waits. What was found published is remembered until told otherwise; only what was not is
/// asked for, on a connection of its own.
/// </summary>
internal sealed class PublishedDefinitions : IPublishedDefinitions, IDisposable
{
    private const int MostSeconds = 2;
    private readonly NpgsqlDataSource _source;
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public PublishedDefinitions(NpgsqlDataSource source, IHostSignals signals)
    {
        _source = source;
        _subscription = signals.Subscribe(GraphCache.Topic, Forget);
    }

    public bool Contains(string definitionId)
    {
        if (_known.ContainsKey(definitionId)) return true;
        try
        {
            using var command = _source.CreateCommand("select exists (select 1 from workflow_definition_version where definition_id = $1 and is_published and deleted_at is null)");
            command.CommandTimeout = MostSeconds;
            command.Parameters.Add(new() { Value = definitionId });
            if (command.ExecuteScalar() is false) return false;
            _known[definitionId] = true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Not known to be missing: the start itself finds out.
        }

        return true;
    }

    public void Dispose() => _subscription.Dispose();

    private void Forget(string? definitionId)
    {
        if (definitionId is null) _known.Clear();
        else _known.TryRemove(definitionId, out _);
    }
}
