using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Runs a transaction again that the database has undone for another's sake (deadlock, serialization failure): the one place for it. Each try must
/// begin with fresh state: open its own connection, read anew, and share nothing with the try before that a try changes.
/// </summary>
public static class DatabaseRetry
{
    private const int MaxTries = 8;
    private const int FirstDelay = 4;
    private const int MostDelay = 250;

    /// <exception cref="DatabaseBusyException">Undone at every try.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> transaction, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception e) when (IsUndone(e))
            {
                if (attempt == MaxTries) throw new DatabaseBusyException(e);
                // Those who met may not meet again.
                var most = Math.Min(MostDelay, FirstDelay << attempt);
                await Task.Delay(Random.Shared.Next(FirstDelay, most), ct);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Func<Task> transaction, CancellationToken ct = default) =>
        RunAsync(
            async () =>
            {
                await transaction();
                return true;
            },
            ct);

    /// <summary>True for a deadlock or a serialization failure, however it is wrapped.</summary>
    public static bool IsUndone(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }) return true;
        }

        return false;
    }
}
