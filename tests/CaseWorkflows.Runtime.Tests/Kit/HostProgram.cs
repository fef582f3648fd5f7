namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>A runtime host in a process of its own on the database that the first argument names; it lives until it is ended, or ends itself.</summary>
internal static class HostProgram
{
    public static async Task Main(string[] args)
    {
        await using var host = await RuntimeHost.StartAsync(args[0], o =>
        {
            o.MaxItemAttempts = 3;
            o.ItemRetryDelay = TimeSpan.FromMilliseconds(20);
            o.Lease = TimeSpan.FromSeconds(2);
        });
        await Task.Delay(Timeout.Infinite);
    }
}
