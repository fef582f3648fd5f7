using System.Collections.Concurrent;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Who has looked at a case by way of routines' runs, in the same log as those who opened the case: the run's own case, and every other that
/// is named in what was shown (a sweep belongs to no case and lists many). Studio polls: a person's reading of a case is noted once and
/// then not again for a while.
/// </summary>
internal sealed class InstanceReadLog(ReadLog log, ProtectedCases cases, IBusinessClock clock)
{
    private const string What = "Rutinens körning i Studio";
    private const string List = "Körningar i Studio";
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<(string Person, Guid Case, string What), DateTimeOffset> _noted = new();

    /// <summary>Before the answer goes out; a trial's case is made up, and is nobody's.</summary>
    /// <param name="access">Who reads.</param>
    /// <param name="instance">The run.</param>
    /// <param name="shown">The answer's text, as it goes out.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task NoteAsync(RoutineAccess access, InstanceSummary instance, string shown, CancellationToken ct)
    {
        var own = instance.Trial ? null : instance.CaseId;
        var named = await log.NamedAsync(shown, ct);
        if (own is { } caseId) await NoteAsync(access, [(caseId, named.FirstOrDefault(n => n.Case == caseId).Unit)], What, single: true, ct);
        IEnumerable<(Guid Case, string? Unit)> origins = instance.Trial ? [] : await cases.OriginsAsync(instance.Id, ct);
        await NoteAsync(access, [.. named.Where(n => n.Case != own).Concat(origins).DistinctBy(n => n.Case)], What, single: false, ct);
    }

    /// <summary>A list of runs.</summary>
    public async Task NoteListAsync(RoutineAccess access, string shown, CancellationToken ct) =>
        await NoteAsync(access, await log.NamedAsync(shown, ct), List, single: false, ct);

    private async Task NoteAsync(RoutineAccess access, IReadOnlyCollection<(Guid Case, string? Unit)> cases, string what, bool single, CancellationToken ct)
    {
        var now = await clock.NowAsync(ct);
        var fresh = cases.Where(c => Begin((access.PersonId, c.Case, what), now)).ToList();
        if (fresh.Count == 0) return;
        try
        {
            if (access.Caller is not { } caller) await log.AddAsync(access.PersonId, now, [.. fresh.Select(c => c.Case)], what, HistorySource.Api, ct);
            else if (single) await log.AddAsync(caller with { Source = HistorySource.Ui }, fresh[0].Case, fresh[0].Unit, what, ct);
            else await log.AddListAsync(caller with { Source = HistorySource.Ui }, fresh, what, ct);
        }
        catch
        {
            foreach (var (id, _) in fresh) _noted.TryRemove((access.PersonId, id, what), out _);
            throw;
        }

        if (_noted.Count <= MostKept) return;
        foreach (var old in _noted.Where(n => !IsRecent(n.Value, now))) _noted.TryRemove(old);
    }

    /// <summary>True for the one call that notes it.</summary>
    private bool Begin((string Person, Guid Case, string What) key, DateTimeOffset now) =>
        _noted.TryGetValue(key, out var last) ? !IsRecent(last, now) && _noted.TryUpdate(key, now, last) : _noted.TryAdd(key, now);

    private static bool IsRecent(DateTimeOffset noted, DateTimeOffset now) => now - noted < ReadLog.SameList && noted <= now;
}
