using System.Collections.Concurrent;

namespace CaseWorkflows.Cases.Reference;

/// <summary>All reference data of one version, immutable. <see cref="At"/> is cheap: views are shared between instants with no change between them.</summary>
public sealed class ReferenceSnapshot
{
    private readonly DateTimeOffset[] _changes;
    private readonly ConcurrentDictionary<int, Lazy<ReferenceView>> _views = new();

    private readonly IReadOnlyList<ReferenceFault> _unread;
    private readonly Action<ReferenceView>? _made;

    /// <param name="unread">Rows that could not be loaded.</param>
    /// <param name="made">Told of every view made, once.</param>
    public ReferenceSnapshot(long version, IReadOnlyList<ReferenceRow> rows, IReadOnlyList<ReferenceFault>? unread = null, Action<ReferenceView>? made = null)
    {
        Version = version;
        Rows = rows;
        _unread = unread ?? [];
        _made = made;
        _changes = [.. rows.SelectMany(r => r.ValidTo is { } to ? new[] { r.ValidFrom, to } : [r.ValidFrom]).Distinct().Order()];
    }

    public static ReferenceSnapshot Empty { get; } = new(0, []);

    public long Version { get; }

    public IReadOnlyList<ReferenceRow> Rows { get; }

    public ReferenceView At(DateTimeOffset instant)
    {
        var index = Array.BinarySearch(_changes, instant);
        var period = index >= 0 ? index : ~index - 1;
        var start = period < 0 ? DateTimeOffset.MinValue : _changes[period];
        return _views.GetOrAdd(period, _ => new Lazy<ReferenceView>(() => Make(start))).Value;
    }

    private ReferenceView Make(DateTimeOffset start)
    {
        var coming = Rows.Where(r => r.Kind == ReferenceKinds.RoleAssignment && r.ValidFrom > start && r.EndsAfter(start));
        var view = new ReferenceView(Version, Rows.Where(r => r.HoldsAt(start)), _unread, coming);
        _made?.Invoke(view);
        return view;
    }
}
