using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Applies the embedded <c>Migrations/NNNN_name.sql</c> of some assemblies in the order of their numbers, each in a transaction of its own,
/// under an advisory lock: hosts that start together wait for the first.
/// </summary>
public sealed class Migrator
{
    private const long LockKey = 0x43576D6967726174; // "CWmigrat"
    private readonly NpgsqlDataSource _data;
    private readonly ILogger<Migrator> _log;

    public Migrator(NpgsqlDataSource data, ILogger<Migrator> log)
    {
        _data = data;
        _log = log;
    }

    /// <summary>Stops before this number, so that a test has a database as an older host left it.</summary>
    internal string? Before { get; init; }

    /// <returns>The names applied now.</returns>
    /// <exception cref="MigrationException">A migration failed, or one that is applied already has been changed since.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(IEnumerable<Assembly> assemblies, CancellationToken ct = default)
    {
        var migrations = All(assemblies).Where(m => Before is null || string.CompareOrdinal(m.Name, Before) < 0).ToList();
        await using var c = await _data.OpenConnectionAsync(ct);
        await ExecuteAsync(c, $"SELECT pg_advisory_lock({LockKey})", ct);
        try
        {
            return await ApplyAsync(c, migrations, ct);
        }
        finally
        {
            await ExecuteAsync(c, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>Names of the migrations that the database lacks. Changes nothing.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(IEnumerable<Assembly> assemblies, CancellationToken ct = default)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using (var look = new NpgsqlCommand("SELECT to_regclass('schema_migration') IS NULL", c))
        {
            if (await look.ExecuteScalarAsync(ct) is true) return [.. All(assemblies).Select(m => m.Name)];
        }

        var applied = await AppliedAsync(c, ct);
        return [.. All(assemblies).Select(m => m.Name).Where(name => !applied.ContainsKey(name))];
    }

    private static List<Migration> All(IEnumerable<Assembly> assemblies)
    {
        var migrations = assemblies.Distinct().SelectMany(Read).OrderBy(m => m.Name, StringComparer.Ordinal).ToList();
        var twice = migrations.GroupBy(m => m.Name[..4], StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? migrations : throw new MigrationException($"Two migrations have the number {twice.Key}.");
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection c, CancellationToken ct)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var read = new NpgsqlCommand("SELECT name, digest FROM schema_migration", c);
        await using var rows = await read.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0), rows.GetString(1));
        return applied;
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection c, List<Migration> migrations, CancellationToken ct)
    {
        await ExecuteAsync(c, "CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())", ct);
        var applied = await AppliedAsync(c, ct);
        var done = new List<string>();
        foreach (var m in migrations)
        {
            if (applied.TryGetValue(m.Name, out var digest))
            {
                if (digest != m.Digest) throw new MigrationException($"Migration {m.Name} has been changed after it was applied to this database. Add a new one instead.");
                continue;
            }

            await ApplyOneAsync(c, m, ct);
            done.Add(m.Name);
        }

        if (done.Count > 0)
        {
            // Types that extensions and migrations made are unknown to connections opened before.
            await c.ReloadTypesAsync(ct);
            _log.LogInformation("Applied {Count} migrations, the last {Name}", done.Count, done[^1]);
        }

        return done;
    }

    private static async Task ApplyOneAsync(NpgsqlConnection c, Migration m, CancellationToken ct)
    {
        await using var t = await c.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(c, m.Sql, ct);
            await using var note = new NpgsqlCommand("INSERT INTO schema_migration (name, digest) VALUES ($1, $2)", c)
            {
                Parameters = { new() { Value = m.Name }, new() { Value = m.Digest } },
            };
            await note.ExecuteNonQueryAsync(ct);
            await t.CommitAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new MigrationException($"Migration {m.Name} failed: {e.MessageText}", e);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection c, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, c) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static IEnumerable<Migration> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var at = resource.IndexOf(".Migrations.", StringComparison.Ordinal);
            if (at < 0 || !resource.EndsWith(".sql", StringComparison.Ordinal)) continue;

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            yield return new Migration(resource[(at + ".Migrations.".Length)..^".sql".Length], sql, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))[..16]);
        }
    }

    private sealed record Migration(string Name, string Sql, string Digest);
}
