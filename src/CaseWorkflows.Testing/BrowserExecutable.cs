using System.Diagnostics;

namespace CaseWorkflows.Testing;

/// <summary>
/// Finds or fetches a Chromium for browser tests, once per process. In this order: the path in
/// <c>CASEWORKFLOWS_BROWSER</c>; an installed Chrome or Chromium; what the driver can download itself; the distribution's
/// package, when root and <c>CASEWORKFLOWS_INSTALL_BROWSER=1</c>. When there is none it fails with instructions: a browser
/// test that did not run must not look like one that passed.
/// </summary>
public static class BrowserExecutable
{
    public const string PathVariable = "CASEWORKFLOWS_BROWSER";

    public const string InstallVariable = "CASEWORKFLOWS_INSTALL_BROWSER";

    private static readonly SemaphoreSlim Once = new(1, 1);
    private static string? _found;

    /// <summary>What a browser under test is started with: nothing that calls home, and no sandbox where it cannot work.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage",
        .. IsRoot ? ["--no-sandbox"] : Array.Empty<string>(),
    ];

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>The path of a browser that starts.</summary>
    /// <param name="download">Lets the browser driver download its own and gives its path, or null when it cannot.</param>
    public static async Task<string> ProvideAsync(Func<Task<string?>> download)
    {
        await Once.WaitAsync();
        try
        {
            return _found ??= await FindAsync(download);
        }
        finally
        {
            Once.Release();
        }
    }

    private static async Task<string> FindAsync(Func<Task<string?>> download)
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } configured)
        {
            return await StartsAsync(configured)
                ? configured
                : throw new InvalidOperationException($"{PathVariable} is {configured}, which is not a browser that starts.");
        }

        if (await InstalledAsync() is { } installed) return installed;
        if (await download() is { } downloaded && await StartsAsync(downloaded)) return downloaded;
        if (IsRoot && Environment.GetEnvironmentVariable(InstallVariable) == "1")
        {
            await RunAsync("apt-get", ["update"], TimeSpan.FromMinutes(3));
            await RunAsync("apt-get", ["install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"], TimeSpan.FromMinutes(8));
            if (await InstalledAsync() is { } package) return package;
        }

        throw new InvalidOperationException(
            "The browser tests need Chrome or Chromium, and none could be found or fetched. Do one of these and run them again: "
            + $"install Chrome or Chromium; set {PathVariable} to the path of one; let the network reach Playwright's downloads; "
            + $"or, as root on a Debian-like system, set {InstallVariable}=1 to have apt-get install the package chromium.");
    }

    private static async Task<string?> InstalledAsync()
    {
        foreach (var candidate in Candidates())
        {
            if (File.Exists(candidate) && await StartsAsync(candidate)) return candidate;
        }

        return null;
    }

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsMacOS())
        {
            yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
            yield return "/Applications/Chromium.app/Contents/MacOS/Chromium";
        }
        else if (OperatingSystem.IsWindows())
        {
            foreach (var root in (Environment.SpecialFolder[])[Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData])
                yield return Path.Combine(Environment.GetFolderPath(root), "Google", "Chrome", "Application", "chrome.exe");
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var name in (string[])["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"]) yield return Path.Combine(folder, name);
        }
    }

    /// <summary>A file of the right name may be a stub that only tells how to install the browser, or lack its libraries.</summary>
    private static async Task<bool> StartsAsync(string path)
    {
        if (OperatingSystem.IsWindows()) return File.Exists(path);   // --version opens a window there
        var (code, output) = await RunAsync(path, ["--version"], TimeSpan.FromSeconds(20));
        return code == 0 && output.Contains("Chrom", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var process = Process.Start(start)!;
            using var timeout = new CancellationTokenSource(limit);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
                return (process.ExitCode, output + await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (-1, output);
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return (-1, e.Message);
        }
    }
}
