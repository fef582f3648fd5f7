using System.Diagnostics;
using System.Net;
using CaseWorkflows.Host.EmbeddedPostgres;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>A host in a process of its own that can be killed and started again at the same address, on the same data.</summary>
internal sealed class TortureHost : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly string[] _arguments;
    private readonly Queue<string> _output = [];
    private Process? _process;

    public TortureHost(string dataDirectory, IEnumerable<string> more)
    {
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        // A working day at ten, standing still but for what the run moves it.
        _arguments = [$"--Data:Directory={dataDirectory}", $"--urls={Address}", "--Clock:Mode=Manual", "--Clock:Now=2026-04-08T10:00:00+02:00", "--Logging:LogLevel:Default=Warning", .. more];
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    public async Task<TimeSpan> StartAsync(CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        Launch();
        while (true)
        {
            if (_process!.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}:\n{Output}");
            if (Stopwatch.GetElapsedTime(begun) > StartLimit) throw new TimeoutException($"The host is not ready:\n{Output}");
            try
            {
                using var answer = await Client.GetAsync("/health/ready", ct);
                if (answer.StatusCode == HttpStatusCode.OK) return Stopwatch.GetElapsedTime(begun);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, ct);
        }
    }

    public async Task KillAsync()
    {
        if (_process is not { HasExited: false }) return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Client.Dispose();
    }

    private void Launch()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(TortureHost).Assembly.Location);
        foreach (var a in _arguments) start.ArgumentList.Add(a);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
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
            while (_output.Count > 60) _output.Dequeue();
        }
    }
}
