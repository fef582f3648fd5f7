using System.Diagnostics;
using System.Globalization;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>The server process of a cluster, as its postmaster.pid tells.</summary>
internal static class Postmaster
{
    /// <summary>
    /// The process id of the server that runs on the cluster, or null. After a kill -9 or a restart of the machine the
    /// file may name a process that is gone, or somebody else's that got the same number; neither counts.
    /// </summary>
    public static int? Find(string cluster)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        try
        {
            return File.Exists(file)
                && int.TryParse(File.ReadLines(file).FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var id)
                && IsServerOf(cluster, id)
                ? id
                : null;
        }
        catch (IOException)
        {
            return null;   // removed while it was read: the server has just stopped
        }
    }

    /// <summary>The folder of its socket, once it has told; null on Windows, and while it starts.</summary>
    public static string? SocketOf(string cluster)
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : File.ReadLines(Path.Combine(cluster, "postmaster.pid")).ElementAtOrDefault(4) is { Length: > 0 } folder ? folder : null;
        }
        catch (IOException)
        {
            return null;   // as above
        }
    }

    public static bool IsServerOf(string cluster, int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            // A postmaster stands in its data folder; a zombie, or another's process, has no such link to read.
            try
            {
                return new FileInfo($"/proc/{processId}/cwd").LinkTarget == Path.TrimEndingDirectorySeparator(RealPath(cluster))
                    && File.ReadAllText($"/proc/{processId}/comm").StartsWith("postgres", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string RealPath(string folder)
    {
        // Every part may be a link (/tmp on macOS, /var/run on Linux), and the kernel shows the resolved path.
        var path = Path.GetPathRoot(folder)!;
        foreach (var part in Path.GetRelativePath(path, folder).Split(Path.DirectorySeparatorChar))
        {
            var next = Path.Combine(path, part);
            path = Directory.ResolveLinkTarget(next, returnFinalTarget: true)?.FullName ?? next;
        }

        return path;
    }
}
