using System.Globalization;
using System.Text;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>
/// The folder of the server's socket: in its home, or, where that path is too long for a socket, one in the temporary directory whose name
/// nobody can foretell. Which one stands in a file in the home, and it is used again only while it is still the real, closed folder of its owner.
/// </summary>
internal static class SocketFolder
{
    private const int LongestSocketPath = 100;   // the kernels allow 104 to 108 bytes

    private const string SocketName = "/.s.PGSQL.5432";

    /// <summary>The folder for this start; made when there is none that can be trusted.</summary>
    public static async Task<string> ChooseAsync(string home, ServerAccount account, CancellationToken ct)
    {
        var inside = Path.Combine(home, "socket");
        if (OperatingSystem.IsWindows() || Fits(inside)) return inside;
        var note = Path.Combine(home, "socket-folder");
        if (File.Exists(note) && (await File.ReadAllTextAsync(note, ct)).Trim() is { Length: > 0 } known && await IsOwnAsync(known, account, ct)) return known;
        var made = Make();
        await File.WriteAllTextAsync(note, made + "\n", ct);
        return made;
    }

    /// <summary>A folder, no link to one, closed to everybody but the account that the server runs as, or this process that hands it over.</summary>
    public static async Task<bool> IsOwnAsync(string folder, ServerAccount account, CancellationToken ct)
    {
        var listed = await Command.RunAsync(["ls", "-ldn", folder], ct);
        var fields = listed.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (listed.ExitCode != 0 || fields.Length < 3 || !fields[0].StartsWith("drwx------", StringComparison.Ordinal)) return false;
        return fields[2] == Signals.UserId.ToString(CultureInfo.InvariantCulture) || (account.UserName is { } name && fields[2] == await IdOfAsync(name, ct));
    }

    /// <summary>mkdtemp: a random name, made in one step, open to its owner only.</summary>
    private static string Make()
    {
        var made = Directory.CreateTempSubdirectory("caseworkflows-").FullName;
        if (Fits(made)) return made;
        Directory.Delete(made);
        throw new DataDirectoryException(
            $"Varken datamappen eller den tillfälliga mappen {Path.GetTempPath()} har en sökväg som är kort nog för PostgreSQL:s sockel. Välj en kortare med --Data:Directory eller TMPDIR. / "
            + "Neither the data folder nor the temporary one has a path short enough for PostgreSQL's socket: set Data:Directory or TMPDIR.");
    }

    private static bool Fits(string folder) => Encoding.UTF8.GetByteCount(folder) + SocketName.Length <= LongestSocketPath;

    private static async Task<string> IdOfAsync(string userName, CancellationToken ct) => (await Command.RunAsync(["id", "-u", userName], ct)).Output.Trim();
}
