using System.Diagnostics;
using CaseWorkflows.Host.EmbeddedPostgres;

namespace CaseWorkflows.Host.Processes;

/// <summary>
/// The host as a process of its own that keeps its address, for what cannot be shown in-process: kill -9, several hosts, refusals
/// at start. Not thread-safe; the HTTP client is.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const int KeptLines = 500;
    private readonly string[] _arguments;
    private readonly string _environment;
    private readonly Queue<string> _output = [];
    private Process? _process;

    /// <param name="arguments">Settings such as <c>--Data:Directory=…</c>; the address is added.</param>
    /// <param name="environment">The ASP.NET environment.</param>
    public HostProcess(IEnumerable<string> arguments, string environment = "Development")
    {
        _arguments = [.. arguments];
        _environment = environment;
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>The last that the process has written.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>
    /// Starts the process and waits until /health/ready answers 200; gives the time that took. Throws with the host's output when
    /// it ends or takes longer.
    /// </summary>
    public async Task<TimeSpan> StartAsync(TimeSpan? timeout = null)
    {
        var begun = Stopwatch.GetTimestamp();
        Launch();
        for (var until = DateTime.UtcNow + (timeout ?? TimeSpan.FromMinutes(3)); ; await Task.Delay(50))
        {
            if (_process!.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}:\n{Output}");
            if (DateTime.UtcNow > until) throw new TimeoutException($"The host is not ready:\n{Output}");
            if (await IsReadyAsync()) return Stopwatch.GetElapsedTime(begun);
        }
    }

    /// <summary>Starts the process and waits for its end; for starts that must be refused, and for verbs.</summary>
    public async Task<int> RunToEndAsync(TimeSpan? timeout = null)
    {
        Launch();
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(3));
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: the host has no chance to do anything.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false }) return;
        _process.Kill();   // SIGKILL on Unix, and to this process only: its database lives on
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: an ordinary stop, the embedded database included.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false }) return;
        if (OperatingSystem.IsWindows()) _process.Kill();
        else using (Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) { }
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }

        _process?.Dispose();
        Client.Dispose();
    }

    private void Launch()
    {
        _process?.Dispose();
        lock (_output) _output.Clear();
        // The dll, not the project: what runs is what was built with the caller.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(HostProcess).Assembly.Location);
        foreach (var argument in _arguments) start.ArgumentList.Add(argument);
        if (_arguments.Length == 0 || _arguments[0].StartsWith('-')) start.ArgumentList.Add($"--urls={Address}");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = _environment;
        start.Environment["DOTNET_ENVIRONMENT"] = _environment;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > KeptLines) _output.Dequeue();
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
