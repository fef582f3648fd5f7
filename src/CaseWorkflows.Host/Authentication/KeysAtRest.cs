using System.Text;
using CaseWorkflows.Host.Configuration;
using Npgsql;

namespace CaseWorkflows.Host.Authentication;

/// <summary>The two tables of keys as they are stored: open, or encrypted with a key from the configuration.</summary>
internal static class KeysAtRest
{
    /// <summary>Names of the rows, which their encryption is bound to.</summary>
    public static string SigningRow(string id) => $"signing_key {id}";

    public static string ProtectionRow(string name) => $"data_protection_key {name}";

    /// <summary>
    /// Tries all keys, and encrypts with the present key those that lie open or are encrypted with an earlier one. The caller holds the lock
    /// that lets one host at a time prepare the database.
    /// </summary>
    /// <exception cref="HostConfigurationException">A key cannot be decrypted with what the configuration gives.</exception>
    public static async Task EncryptAsync(NpgsqlDataSource database, HostSettings settings, ILogger log, CancellationToken ct)
    {
        var encryption = settings.KeyEncryption;
        var signing = await ReadAsync(database, "SELECT id, encode(key, 'base64'), encrypted_with FROM signing_key", ct);
        var protection = await ReadAsync(database, "SELECT name, xml, encrypted_with FROM data_protection_key", ct);
        // All are tried before one is written: a wrong key changes nothing.
        var changes = new List<(string Sql, string Name, object Stored)>();
        foreach (var (id, key, with) in signing)
        {
            var open = Open(Convert.FromBase64String(key), with, SigningRow(id), encryption);
            if (encryption.Present is not null && with != encryption.Present)
                changes.Add(("UPDATE signing_key SET key = $2, encrypted_with = $3 WHERE id = $1", id, encryption.Encrypt(open, SigningRow(id))));
        }

        foreach (var (name, xml, with) in protection)
        {
            var open = OpenXml(xml, with, name, encryption);
            if (encryption.Present is not null && with != encryption.Present)
                changes.Add(("UPDATE data_protection_key SET xml = $2, encrypted_with = $3 WHERE name = $1", name, StoredXml(open, name, encryption)));
        }

        if (changes.Count > 0)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            foreach (var (sql, name, stored) in changes)
            {
                await using var change = new NpgsqlCommand(sql, connection, transaction)
                {
                    Parameters = { new() { Value = name }, new() { Value = stored }, new() { Value = encryption.Present } },
                };
                await change.ExecuteNonQueryAsync(ct);
            }

            await transaction.CommitAsync(ct);
            log.LogInformation("{Count} keys in the database are now encrypted with the key {Key} of Keys:Encryption", changes.Count, encryption.Present);
        }
        else if (encryption.Present is null && !settings.IsDevelopment)
        {
            log.LogWarning("The keys that sign tokens and protect cookies are not encrypted in the database: whoever reads a backup could sign in as anybody. Set Keys:Encryption");
        }
    }

    public static byte[] Open(byte[] stored, string? with, string row, KeyEncryption encryption) => with is null ? stored : encryption.Decrypt(stored, with, row);

    public static string OpenXml(string stored, string? with, string name, KeyEncryption encryption) =>
        with is null ? stored : Encoding.UTF8.GetString(encryption.Decrypt(Base64(stored), with, ProtectionRow(name)));

    public static string StoredXml(string open, string name, KeyEncryption encryption) =>
        encryption.Present is null ? open : Convert.ToBase64String(encryption.Encrypt(Encoding.UTF8.GetBytes(open), ProtectionRow(name)));

    /// <summary>What is no base64 has been changed, and decrypting nothing says so.</summary>
    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : [];
    }

    private static async Task<List<(string Name, string Stored, string? With)>> ReadAsync(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        var found = new List<(string, string, string?)>();
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) found.Add((rows.GetString(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
        return found;
    }
}
