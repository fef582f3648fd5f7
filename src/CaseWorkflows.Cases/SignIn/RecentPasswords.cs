using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// Remembers, keyed by a secret of this process, which password was right for a stored hash; holds no password and no reusable hash.
/// One for the process: a hash says which account's it is, wherever that is stored.
/// </summary>
internal static class RecentPasswords
{
    private const int Most = 10_000;

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly ConcurrentDictionary<string, byte[]> Known = new();

    /// <returns>Whether the password is right, when that is known without stretching it; else null.</returns>
    public static bool? IsRight(string stored, string password) =>
        Known.TryGetValue(stored, out var mark) ? CryptographicOperations.FixedTimeEquals(mark, Mark(stored, password)) : null;

    public static void Remember(string stored, string password)
    {
        if (Known.Count >= Most) Known.Clear();
        Known[stored] = Mark(stored, password);
    }

    private static byte[] Mark(string stored, string password) => HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(stored + "\n" + password));
}
