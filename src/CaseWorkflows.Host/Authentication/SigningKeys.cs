using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace CaseWorkflows.Host.Authentication;

/// <summary>
/// The keys that sign access tokens. They live in the database, so that a token is valid on every host and over restarts;
/// the first host on an empty database makes one. A row with retired_at still verifies, and no longer signs.
/// </summary>
internal sealed class SigningKeys
{
    private readonly NpgsqlDataSource? _database;
    private readonly KeyEncryption _encryption = KeyEncryption.None;
    private Loaded? _loaded;

    public SigningKeys(NpgsqlDataSource database, KeyEncryption encryption)
    {
        _database = database;
        _encryption = encryption;
    }

    private SigningKeys(Loaded loaded) => _loaded = loaded;

    /// <summary>A key from configuration, in place of those in the database.</summary>
    public static SigningKeys Fixed(byte[] key) => new(Loaded.From([new SymmetricSecurityKey(key) { KeyId = "configured" }]));

    public SigningCredentials Credentials => Current.Credentials;

    public IReadOnlyList<SecurityKey> Verifying => Current.Verifying;

    private Loaded Current => _loaded ?? throw new InvalidOperationException("The signing keys are read after the migrations.");

    /// <summary>Reads the keys, and makes the first.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        if (_database is null) return;
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            await using (var one = new NpgsqlCommand("LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE", connection, transaction))
            {
                await one.ExecuteNonQueryAsync(ct);   // hosts that start together make one key
            }

            await using var insert = new NpgsqlCommand(
                "INSERT INTO signing_key (id, key, encrypted_with) SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM signing_key WHERE retired_at IS NULL)", connection, transaction);
            var id = Guid.CreateVersion7().ToString("N");
            var fresh = RandomNumberGenerator.GetBytes(32);
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _encryption.Present is null ? fresh : _encryption.Encrypt(fresh, KeysAtRest.SigningRow(id)) });
            insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = _encryption.Present });
            await insert.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }

        var keys = new List<SecurityKey>();
        await using var read = new NpgsqlCommand("SELECT id, key, encrypted_with FROM signing_key ORDER BY retired_at IS NOT NULL, created_at DESC, id", connection);
        await using var rows = await read.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetString(0);
            var key = KeysAtRest.Open(rows.GetFieldValue<byte[]>(1), rows.IsDBNull(2) ? null : rows.GetString(2), KeysAtRest.SigningRow(id), _encryption);
            keys.Add(new SymmetricSecurityKey(key) { KeyId = id });
        }

        _loaded = Loaded.From(keys);
    }

    private sealed record Loaded(SigningCredentials Credentials, IReadOnlyList<SecurityKey> Verifying)
    {
        public static Loaded From(List<SecurityKey> keys) => new(new SigningCredentials(keys[0], SecurityAlgorithms.HmacSha256), keys);
    }
}
