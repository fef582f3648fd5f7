using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Statements that go along with locking the instance.</summary>
public sealed class BurstReads
{
    private readonly NpgsqlBatch _batch;

    internal BurstReads(NpgsqlBatch batch) => _batch = batch;

    internal int Count { get; private set; }

    /// <summary>A command that gives exactly one result set.</summary>
    public void Add(NpgsqlBatchCommand command)
    {
        _batch.BatchCommands.Add(command);
        Count++;
    }

    /// <summary>A statement with positional parameters ($1…) that gives exactly one result set.</summary>
    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        Add(command);
    }
}
