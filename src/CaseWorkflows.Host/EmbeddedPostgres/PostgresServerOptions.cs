namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>How the private PostgreSQL server is run.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>The folder that holds the cluster, its password, its log and the host's lock. Made when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>False only for tests: a power cut may then destroy the cluster, in return for quick commits.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections the server takes at most.</summary>
    public int MaxConnections { get; init; } = 200;
}
