using System.Net.Sockets;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>The database cannot be reached, or went away under a call. Answer 503 with Retry-After; the same call may be made again.</summary>
public class DatabaseUnavailableException : Exception
{
    public DatabaseUnavailableException(Exception inner)
        : base("The database cannot be reached.", inner)
    {
    }

    /// <summary>True for any exception that means a lost or refused connection (not for a failed statement).</summary>
    public static bool IsConnectionLoss(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case DatabaseUnavailableException or SocketException or EndOfStreamException:
                    return true;
                case PostgresException p:
                    // 08: connection exceptions; 57P01–57P03: shut down, crashed, starting; 53300: no connection left.
                    return p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState is "57P01" or "57P02" or "57P03" or "53300";
                case NpgsqlException { InnerException: null or IOException or TimeoutException }:
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }
}
