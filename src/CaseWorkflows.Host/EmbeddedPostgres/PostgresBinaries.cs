using System.Runtime.InteropServices;
using CaseWorkflows.Assets;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>The programs of the npm package for this platform. The package holds initdb, pg_ctl and postgres, nothing else.</summary>
internal sealed record PostgresBinaries(string Root)
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public string InitDb => Program("initdb");

    public string PgCtl => Program("pg_ctl");

    public string Postgres => Program("postgres");

    public static PostgresBinaries Find() => new(Path.Combine(AssetFolders.Package("@embedded-postgres/" + Platform()), "native"));

    /// <summary>The major version, as a cluster's PG_VERSION file writes it.</summary>
    public async Task<string> MajorVersionAsync(CancellationToken ct)
    {
        // "postgres (PostgreSQL) 18.4": asked as the plain user, since --version works as root too.
        var run = await Command.RunAsync([Postgres, "--version"], ct);
        var version = run.Output.Trim().Split(' ')[^1];
        return run.ExitCode == 0
            ? version.Split('.')[0]
            : throw new InvalidOperationException($"{Postgres} does not run on this machine: {run.Output}");
    }

    private string Program(string name) => Path.Combine(Root, "bin", name + Suffix);

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.X86 => "ia32",
            Architecture.Arm => "arm",
            Architecture.Ppc64le => "ppc64",
            var other => throw new PlatformNotSupportedException(
                $"There is no embedded PostgreSQL for {other}. Set ConnectionStrings:CaseWorkflows to a PostgreSQL server instead."),
        };
        return $"{system}-{processor}";
    }
}
