using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Remembers, keyed by a secret of this process, which passwords were right; holds no password and no reusable hash.</summary>
internal sealed class RecentPasswords
{
    private const int Most = 10_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> _known = new();

    public bool Knows(string stored, string password) =>
        _known.TryGetValue(stored, out var mark) && CryptographicOperations.FixedTimeEquals(mark, Mark(stored, password));

    public void Remember(string stored, string password)
    {
        if (_known.Count >= Most) _known.Clear();
        _known[stored] = Mark(stored, password);
    }

    private byte[] Mark(string stored, string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(stored + "\n" + password));
}
