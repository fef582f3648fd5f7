using System.Diagnostics;
using System.Text.Json;

namespace CaseWorkflows.Benchmarks;

/// <summary>One case over all rounds: the median round counts.</summary>
internal sealed class Measurement(string name)
{
    private readonly List<Round> _rounds = [];

    public string Name => name;

    public double PerSecond => Median(r => r.PerSecond);

    /// <summary>Runs the calls from a number of clients that each do one after the other.</summary>
    /// <param name="keep">False for warming up.</param>
    public async Task RunAsync(int count, int clients, Func<int, Task> call, bool keep)
    {
        var times = new double[count];
        var next = -1;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var begun = Stopwatch.GetTimestamp();
                await call(i);
                times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        })));
        var elapsed = clock.Elapsed;
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        if (!keep) return;
        Array.Sort(times);
        _rounds.Add(new Round(count / elapsed.TotalSeconds, cpu.TotalMilliseconds / count, times[count / 2], times[(int)(count * 0.99)]));
    }

    public void Print(double roundTrips) => Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["case"] = name,
        ["perSecond"] = Math.Round(PerSecond, 1),
        ["cpuMsPer"] = Math.Round(Median(r => r.CpuMs), 4),
        ["roundTripsPer"] = Math.Round(roundTrips, 2),
        ["p50Ms"] = Math.Round(Median(r => r.P50), 3),
        ["p99Ms"] = Math.Round(Median(r => r.P99), 3),
    }));

    private double Median(Func<Round, double> of)
    {
        var values = _rounds.Select(of).Order().ToArray();
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }

    private sealed record Round(double PerSecond, double CpuMs, double P50, double P99);
}
