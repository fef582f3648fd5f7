using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Reference;

/// <summary>
/// The rows of one moment, read one by one: what cannot be read, or claims what an older row has, is left out and noted. Nothing here
/// throws because of what a row says. Used by one thread, while a view is made.
/// </summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<string, Dictionary<string, ReferenceRow>> _rows = [];
    private readonly Dictionary<(string Kind, string Id), Stack<ReferenceRow>> _earlier = [];
    private readonly List<ReferenceFault> _faults = [];

    public ReferenceIndex(IEnumerable<ReferenceRow> rows)
    {
        // The oldest first: it keeps what a later one claims too. Of two versions of one document the later holds.
        foreach (var row in rows.OrderBy(r => r.ValidFrom).ThenBy(r => r.ChangedAt))
        {
            if (row.Fault is { } known)
            {
                Note(row, known);
                continue;
            }

            var kind = _rows.TryGetValue(row.Kind, out var there) ? there : _rows[row.Kind] = [];
            if (kind.Remove(row.Id, out var earlier))
            {
                Note(earlier, "Två versioner av raden gäller samtidigt; den senare används.");
                if (!_earlier.TryGetValue((row.Kind, row.Id), out var versions)) _earlier[(row.Kind, row.Id)] = versions = new();
                versions.Push(earlier);
            }

            kind.Add(row.Id, row);
        }
    }

    public IReadOnlyDictionary<string, Dictionary<string, ReferenceRow>> Rows => _rows;

    public IReadOnlyList<ReferenceFault> Faults => _faults;

    public IReadOnlyList<ReferenceRow> Of(string kind) => _rows.TryGetValue(kind, out var rows) ? [.. rows.Values] : [];

    /// <summary>The documents of the kind by their rows' ids, as records.</summary>
    public Dictionary<string, T> Read<T>(string kind) => Read(kind, ReferenceJson.Read<T>);

    /// <param name="read">Makes the record; what it throws is the row's fault.</param>
    public Dictionary<string, T> Read<T>(string kind, Func<JsonObject, T> read)
    {
        var found = new Dictionary<string, T>();
        foreach (var row in Of(kind))
        {
            // Where two versions hold, one that can be read is better than none.
            for (var version = row; version is not null && !TryRead(version, read, found); version = Earlier(version))
            {
            }
        }

        return found;
    }

    private bool TryRead<T>(ReferenceRow row, Func<JsonObject, T> read, Dictionary<string, T> found)
    {
        try
        {
            if (row.Data["id"] is { } id && id.ToString() != row.Id) throw new FormatException("The document has another id than its row.");
            found.Add(row.Id, read(row.Data));
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LeaveOut(row, error is JsonException { Path: { Length: > 2 } path } ? $"Fältet {path[2..]} har fel form." : "Raden har fel form.");
            return false;
        }
    }

    private ReferenceRow? Earlier(ReferenceRow row)
    {
        if (!_earlier.TryGetValue((row.Kind, row.Id), out var versions) || !versions.TryPop(out var earlier)) return null;
        return _rows[row.Kind][row.Id] = earlier;
    }

    /// <summary>Leaves out the rows that claim what an older one has.</summary>
    /// <param name="found">The documents read; those left out are removed.</param>
    public Dictionary<string, T> Only<T>(string kind, Dictionary<string, T> found, Func<T, IEnumerable<string?>> claims, string field)
    {
        var taken = new Dictionary<string, string>();
        foreach (var row in Of(kind))
        {
            if (!found.TryGetValue(row.Id, out var document)) continue;
            var keys = claims(document).OfType<string>().Where(c => c.Length > 0).Distinct().ToList();
            if (keys.Any(taken.ContainsKey))
            {
                found.Remove(row.Id);
                LeaveOut(row, $"Samma uppgift finns redan på en äldre rad: {field}.");
            }
            else
            {
                foreach (var key in keys) taken.Add(key, row.Id);
            }
        }

        return found;
    }

    /// <summary>The first to claim a name has it; later ones stay, and are found by their ids. A reserved name is nobody's.</summary>
    public Dictionary<string, T> ByName<T>(string kind, IReadOnlyDictionary<string, T> found, Func<T, string> name, Func<string, bool> reserved)
    {
        var named = new Dictionary<string, T>();
        foreach (var row in Of(kind))
        {
            if (!found.TryGetValue(row.Id, out var document)) continue;
            if (reserved(name(document))) Note(row, "Namnet är reserverat; raden nås bara med sitt id.", leftOut: false);
            else if (!named.TryAdd(Folded.Of(name(document)), document))
                Note(row, "Namnet finns redan på en äldre rad; den här nås bara med sitt id.", leftOut: false);
        }

        return named;
    }

    /// <summary>Notes what is not used of a row that otherwise is.</summary>
    /// <param name="fault">In Swedish; null = none.</param>
    public void Tell<T>(string kind, IReadOnlyDictionary<string, T> found, Func<T, string?> fault)
    {
        foreach (var row in Of(kind))
            if (found.TryGetValue(row.Id, out var document) && fault(document) is { } message) Note(row, message, leftOut: false);
    }

    private void LeaveOut(ReferenceRow row, string message)
    {
        _rows[row.Kind].Remove(row.Id);
        Note(row, message);
    }

    private void Note(ReferenceRow row, string message, bool leftOut = true) =>
        _faults.Add(new ReferenceFault(row.Kind, row.Id, row.Region, row.ValidFrom, message, leftOut));
}
