using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Where definitions are read: on a transaction's own connection where there is one, else on one of the pool for each command.</summary>
internal readonly record struct DefinitionReads(NpgsqlDataSource Source, NpgsqlConnection? Connection = null)
{
    public NpgsqlCommand Command(string sql) => Connection is { } connection ? new NpgsqlCommand(sql, connection) : Source.CreateCommand(sql);
}
