namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>
/// As whom PostgreSQL's programs run. They refuse to run as root, and a container or a fresh server often is root, so:
/// an ordinary user runs them plainly; root runs them in a user namespace of their own, where root is called nobody (all
/// folders stay reachable); where namespaces are closed, root runs them as an unprivileged account, with a folder of its own.
/// </summary>
internal sealed class ServerAccount
{
    private const string NobodyId = "65534";   // in every password file; initdb looks its name up

    private readonly string[] _prefix;

    private ServerAccount(string? userName, params string[] prefix)
    {
        UserName = userName;
        _prefix = prefix;
    }

    /// <summary>The account that must own the files, or null when it is the host's own.</summary>
    public string? UserName { get; }

    public static async Task<ServerAccount> ChooseAsync(CancellationToken ct)
    {
        if (!Signals.IsRoot) return new ServerAccount(null);

        string[] unshare = ["unshare", "--user", $"--map-user={NobodyId}", $"--map-group={NobodyId}", "--"];
        if ((await Command.RunAsync([.. unshare, "true"], ct)).ExitCode == 0) return new ServerAccount(null, unshare);

        foreach (var name in (string[])["postgres", "nobody"])
        {
            string[] runuser = ["runuser", "-u", name, "--"];
            if ((await Command.RunAsync([.. runuser, "true"], ct)).ExitCode == 0) return new ServerAccount(name, runuser);
        }

        throw new DataDirectoryException(
            "PostgreSQL kan inte köras som root, och här går det varken att skapa ett eget användarområde (unshare) eller att byta till ett vanligt konto (runuser). "
            + "Starta värden som en vanlig användare, eller ange en server i ConnectionStrings:CaseWorkflows. / "
            + "PostgreSQL does not run as root, and neither unshare nor runuser works here: start the host as an ordinary user, or set ConnectionStrings:CaseWorkflows.");
    }

    public Task<Command.Result> RunAsync(IReadOnlyList<string> commandLine, CancellationToken ct) => Command.RunAsync([.. _prefix, .. commandLine], ct);

    /// <summary>True when the account can list and enter the folder (a home may be closed to it).</summary>
    public async Task<bool> ReachesAsync(string folder, CancellationToken ct) =>
        UserName is null || (await RunAsync(["test", "-x", folder], ct)).ExitCode == 0;

    /// <summary>Hands a folder to the account, whoever owned it (a host may have been started in another way before).</summary>
    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (!Signals.IsRoot) return;
        var owner = UserName ?? "root";
        var known = await Command.RunAsync(["stat", "-c", "%U", folder], ct);
        if (known.ExitCode == 0 && known.Output.Trim() == owner) return;
        var change = await Command.RunAsync(["chown", "-R", owner, folder], ct);
        if (change.ExitCode != 0) throw new DataDirectoryException($"Mappen {folder} kan inte överlåtas till kontot {owner}: {change.Output.Trim()}");
    }
}
