using System.Collections.Concurrent;

namespace CaseWorkflows.Runtime;

/// <summary>
/// How long the long lists are. Counting a hundred thousand rows again for every page that somebody looks at costs more than
/// the page; nobody sees whether it is 4,711 or 4,715. Short lists are always counted.
/// </summary>
internal sealed class LargeTotals
{
    private const long Large = 2_000;
    private const int MostKept = 200;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (long Total, long At)> _kept = new(StringComparer.Ordinal);

    public long? Find(InstanceSql sql) =>
        _kept.TryGetValue(sql.Key, out var kept) && Environment.TickCount64 - kept.At < Age.TotalMilliseconds ? kept.Total : null;

    public void Keep(string key, long total)
    {
        if (total < Large) return;
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[key] = (total, Environment.TickCount64);
    }
}
