using System.Runtime.InteropServices;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>The signals that PostgreSQL's postmaster listens to.</summary>
internal static partial class Signals
{
    /// <summary>SIGINT: fast shutdown, sessions are broken off and the cluster is left clean.</summary>
    public const int Fast = 2;

    /// <summary>SIGQUIT: immediate shutdown, recovery at the next start.</summary>
    public const int Immediate = 3;

    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    public static bool IsRoot => !OperatingSystem.IsWindows() && EffectiveUserId() == 0;

    /// <summary>The user that this process acts as. Not on Windows.</summary>
    public static uint UserId => EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
