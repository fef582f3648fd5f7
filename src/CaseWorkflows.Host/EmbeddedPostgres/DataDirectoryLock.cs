using System.Globalization;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>One host per data folder. The kernel lets go of the lock when the process dies, however it dies.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    public static DataDirectoryLock Take(string directory)
    {
        var owner = Path.Combine(directory, "host.pid");
        try
        {
            var file = new FileStream(Path.Combine(directory, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(file);
        }
        catch (IOException e)
        {
            var holder = File.Exists(owner) ? File.ReadAllText(owner).Trim() : "?";
            throw new DataDirectoryException(
                $"Datamappen {directory} används redan av en annan värd (process {holder}). Stoppa den, välj en annan mapp med --Data:Directory, "
                + "eller låt flera värdar dela en server med --ConnectionStrings:CaseWorkflows. / "
                + $"The data folder is in use by another host (process {holder}).", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataDirectoryException(
                $"Datamappen {directory} tillhör en annan användare och kan inte skrivas. Välj en egen mapp med --Data:Directory. / "
                + "The data folder belongs to another user and cannot be written.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
