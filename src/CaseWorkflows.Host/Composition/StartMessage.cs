using CaseWorkflows.Host.Configuration;

namespace CaseWorkflows.Host.Composition;

/// <summary>Tells the person at the terminal, in plain words, where to go.</summary>
internal static class StartMessage
{
    public static void WriteWhenStarted(WebApplication app, HostSettings settings, string database) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = app.Urls.FirstOrDefault() ?? "http://localhost";
            // 0.0.0.0 and [::] are for listening; a browser wants a name.
            address = address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal);
            Console.WriteLine();
            Console.WriteLine($"  CaseWorkflows is running. Open {address} in a browser.");
            Console.WriteLine($"  Data: {database}.");
            if (settings.IsDevelopment) Console.WriteLine("  Development: the demo users exist (password: the setting Demo:Password). Stop with Ctrl+C.");
            Console.WriteLine();
        });
}
