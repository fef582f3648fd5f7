using System.Collections.Concurrent;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Who has looked at a case by way of its routine's runs, in the same log as those who opened the case. Studio polls: a person's reading
/// of an instance is noted once and then not again for a while.
/// </summary>
internal sealed class InstanceReadLog(ReadLog log, IBusinessClock clock)
{
    private const string What = "Rutinens körning i Studio";
    private const int MostKept = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Person, Guid Instance), long> _noted = new();

    /// <summary>Before the answer goes out; a trial's case is made up, and is nobody's.</summary>
    public async ValueTask NoteAsync(RoutineAccess access, InstanceSummary instance, CancellationToken ct)
    {
        if (instance.CaseId is not { } caseId || instance.Trial) return;
        var key = (access.PersonId, instance.Id);
        var now = Environment.TickCount64;
        if (_noted.TryGetValue(key, out var last) ? now - last < Window.TotalMilliseconds || !_noted.TryUpdate(key, now, last) : !_noted.TryAdd(key, now)) return;
        try
        {
            await log.AddAsync(access.PersonId, await clock.NowAsync(ct), [caseId], What, HistorySource.Ui, ct);
        }
        catch
        {
            _noted.TryRemove(key, out _);
            throw;
        }

        if (_noted.Count <= MostKept) return;
        foreach (var old in _noted.Where(n => now - n.Value >= Window.TotalMilliseconds)) _noted.TryRemove(old);
    }
}
