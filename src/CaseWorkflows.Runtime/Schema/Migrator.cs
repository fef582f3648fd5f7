using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace CaseWorkflows.Runtime.Schema;

/// <summary>
/// Brings a database to the schema of the given assemblies: their embedded <c>Migrations/NNNN_name.sql</c>, in the order
/// of their numbers over all assemblies, each in a transaction of its own, under one advisory lock so that hosts which
/// start together do it once. A file that has been applied is never changed: its hash is kept and compared.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource database, IEnumerable<Assembly> assemblies)
{
    private const long AdvisoryLock = 0x43_57_4D_49;   // "CWMI"

    private readonly IReadOnlyList<Migration> _migrations = Read(assemblies);

    /// <summary>Applies what is missing; gives the names applied. Throws <see cref="InvalidOperationException"/> when an applied file has changed.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({AdvisoryLock})", ct);
        try
        {
            await ExecuteAsync(connection, """
                CREATE TABLE IF NOT EXISTS schema_migration (
                  number     integer     NOT NULL PRIMARY KEY,
                  name       text        NOT NULL,
                  sha256     bytea       NOT NULL,
                  applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
                """, ct);
            var applied = await AppliedAsync(connection, ct);
            var done = new List<string>();
            foreach (var migration in _migrations)
            {
                if (!applied.TryGetValue(migration.Number, out var hash))
                {
                    await ApplyAsync(connection, migration, ct);
                    done.Add(migration.Name);
                }
                else if (!hash.AsSpan().SequenceEqual(migration.Sha256))
                {
                    throw new InvalidOperationException(
                        $"Migration {migration.Name} was changed after it had been applied to this database. Write a new migration instead; an empty database takes the new text.");
                }
            }

            return done;
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, migration.Sql, ct);
        }
        catch (PostgresException e)
        {
            throw new InvalidOperationException($"Migration {migration.Name} failed: {e.MessageText} {e.Detail} (position {e.Position})", e);
        }

        await using var record = new NpgsqlCommand("INSERT INTO schema_migration (number, name, sha256) VALUES ($1, $2, $3)", connection, transaction);
        record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number });
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
        record.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = migration.Sha256 });
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<Dictionary<int, byte[]>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<int, byte[]>();
        await using var command = new NpgsqlCommand("SELECT number, sha256 FROM schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static List<Migration> Read(IEnumerable<Assembly> assemblies)
    {
        var migrations = new List<Migration>();
        foreach (var assembly in assemblies.Distinct())
        {
            foreach (var resource in assembly.GetManifestResourceNames())
            {
                if (FileName().Match(resource) is not { Success: true } match) continue;
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
                var sql = reader.ReadToEnd().ReplaceLineEndings("\n");   // a checkout with CRLF has the same hash
                migrations.Add(new Migration(
                    int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[1].Value + "_" + match.Groups[2].Value,
                    sql, SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
            }
        }

        var twice = migrations.GroupBy(m => m.Number).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? [.. migrations.OrderBy(m => m.Number)]
            : throw new InvalidOperationException($"Two migrations have the number {twice.Key}: {string.Join(", ", twice.Select(m => m.Name))}.");
    }

    [GeneratedRegex(@"\.Migrations\.(\d{4})_(\w+)\.sql$")]
    private static partial Regex FileName();

    private sealed record Migration(int Number, string Name, string Sql, byte[] Sha256);
}
