using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Host.Configuration;

namespace CaseWorkflows.Host.Authentication;

/// <summary>
/// Encrypts keys before they are stored: AES-256-GCM, nonce · tag · text, bound to the row it stands in. Each key from the configuration has a
/// name made from it, which stands in the row and gives nothing away; keys of before are only read with.
/// </summary>
public sealed class KeyEncryption
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <param name="present">Encrypts; null: nothing is encrypted anew.</param>
    /// <param name="earlier">Decrypt only.</param>
    public KeyEncryption(string? present, IEnumerable<string> earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        foreach (var text in earlier) Add(text);
        if (present is not null) Present = Add(present);
    }

    /// <summary>No key: what is stored lies open.</summary>
    public static KeyEncryption None { get; } = new(null, []);

    /// <summary>The name of the key that encrypts.</summary>
    public string? Present { get; }

    public byte[] Encrypt(byte[] open, string row)
    {
        ArgumentNullException.ThrowIfNull(open);
        var stored = new byte[NonceBytes + TagBytes + open.Length];
        RandomNumberGenerator.Fill(stored.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_keys[Present ?? throw new InvalidOperationException("There is no key to encrypt with.")], TagBytes);
        aes.Encrypt(stored.AsSpan(0, NonceBytes), open, stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(row));
        return stored;
    }

    /// <exception cref="HostConfigurationException">The key is not there, or the row is not what was stored under it.</exception>
    public byte[] Decrypt(byte[] stored, string key, string row)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!_keys.TryGetValue(key, out var bytes)) throw new HostConfigurationException(
            $"{row} in the database is encrypted with the key {key}, and Keys:Encryption {(Present is null ? "is not set" : $"is the key {Present}")}. "
            + "Set Keys:Encryption to the key it was encrypted with, or list that in Keys:Earlier. If it is lost: DELETE FROM signing_key; DELETE FROM data_protection_key; "
            + "then new ones are made and everybody signs in again.");
        try
        {
            var open = new byte[stored.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(bytes, TagBytes);
            aes.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), open, Encoding.UTF8.GetBytes(row));
            return open;
        }
        catch (Exception e) when (e is CryptographicException or OverflowException or ArgumentException)
        {
            throw new HostConfigurationException($"{row} in the database has been changed since it was encrypted. Remove the row; whoever is signed in by it signs in again.", e);
        }
    }

    private string Add(string text)
    {
        var material = Encoding.UTF8.GetBytes(text);
        var name = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 8, info: "caseworkflows key name"u8.ToArray()));
        _keys[name] = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: "caseworkflows keys at rest"u8.ToArray());
        return name;
    }
}
