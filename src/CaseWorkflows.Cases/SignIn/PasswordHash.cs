using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>PBKDF2 with SHA-256, written as <c>pbkdf2-sha256$iterations$salt$hash</c>, so that the cost can be raised without new passwords.</summary>
internal static class PasswordHash
{
    /// <summary>Today's cost (OWASP, 2025).</summary>
    public const int Iterations = 600_000;

    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltLength = 16;
    private const int HashLength = 32;

    // What signing in costs the processor, for those who watch the host.
    private static readonly Meter Meter = new("CaseWorkflows");
    private static readonly Counter<long> Stretched = Meter.CreateCounter<long>("caseworkflows.password.iterations");

    public static string Create(string password, int iterations = Iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return Write(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>A hash like any other, which no password has.</summary>
    public static string OfNobody() => Write(Iterations, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength));

    /// <summary>Always the work of today's cost, so that an old, cheap hash does not tell by its time that the account exists.</summary>
    public static bool Verify(string password, string stored)
    {
        var (iterations, salt, expected) = Read(stored);
        var right = expected is not null && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), expected);
        if (iterations < Iterations) Derive(password, salt, Iterations - iterations);
        return right;
    }

    /// <summary>The hash was made when less work was enough; it is made anew when the password is next at hand.</summary>
    public static bool IsBelowCost(string stored) => Read(stored).Iterations < Iterations;

    private static string Write(int iterations, byte[] salt, byte[] hash) =>
        $"{Algorithm}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";

    private static (int Iterations, byte[] Salt, byte[]? Hash) Read(string stored) =>
        stored.Split('$') is [Algorithm, var iterations, var salt, var hash]
            ? (int.Parse(iterations, CultureInfo.InvariantCulture), Convert.FromBase64String(salt), Convert.FromBase64String(hash))
            : (0, [], null);

    // The same letters typed on another system are the same password; what is no letter at all is replaced, where the overload with a string throws.
    private static byte[] Derive(string password, byte[] salt, int iterations)
    {
        Stretched.Add(iterations);
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(SoundText.KeepingNull(password)), salt, iterations, HashAlgorithmName.SHA256, HashLength);
    }
}
