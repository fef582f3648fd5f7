using System.Collections.Concurrent;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The demo users' one password, stretched once for all of them and for all hosts that a process starts.</summary>
internal static class DemoPassword
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Hashes = new();

    public static string Hash(string password) => Hashes.GetOrAdd(password, p => new Lazy<string>(() =>
    {
        var hash = PasswordHash.Create(p);
        RecentPasswords.Remember(hash, p);
        return hash;
    })).Value;
}
