using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>How this product connects: the one place for the settings of its connections.</summary>
public static class WorkflowDatabase
{
    /// <summary>The connections of a host. Dispose it after the last use.</summary>
    public static NpgsqlDataSource Open(string connectionString, ILoggerFactory? loggers = null)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "CaseWorkflows" };
        Tune(builder.ConnectionStringBuilder);
#pragma warning disable NPG9001 // As in SoundTextTypes.
        builder.AddTypeInfoResolverFactory(new SoundTextTypes());
#pragma warning restore NPG9001
        if (loggers is not null) builder.UseLoggerFactory(loggers);
        return builder.Build();
    }

    /// <summary>
    /// Statements are never prepared by the driver's own count, whatever the connection string says. A call that failed while it was being
    /// written, or whose values the server refused, left statements marked as prepared that the server had never got: the next caller on
    /// that connection was refused, or had another statement executed under the same name. What is hot is prepared by
    /// <see cref="HotStatements"/>, in a round trip of its own that cannot be half done.
    /// Pooled connections are not reset between calls, as nothing here leaves settings behind on one.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Tune(NpgsqlConnectionStringBuilder connection)
    {
        connection.MaxAutoPrepare = 0;
        connection.Enlist = false;
        if (!connection.ShouldSerialize("No Reset On Close")) connection.NoResetOnClose = true;
        if (!connection.ShouldSerialize("Application Name")) connection.ApplicationName = "CaseWorkflows";
        return connection;
    }

    public static string Tune(string connectionString) => Tune(new NpgsqlConnectionStringBuilder(connectionString)).ConnectionString;
}
