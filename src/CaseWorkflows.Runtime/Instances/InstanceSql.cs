using System.Globalization;
using System.Text;
using CaseWorkflows.Engine.Text;
using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Runtime;

/// <summary>Conditions and order of instance lists.</summary>
internal sealed class InstanceSql
{
    private const int MostFound = 2_000;
    private const int MostCounted = 10_000;

    private readonly StringBuilder _where = new();
    private readonly List<NpgsqlParameter> _parameters = [];
    private bool _isWideSearch;

    /// <param name="found">What a search came to, when it is in the filter and found few enough; null: the list is searched as it is read.</param>
    public InstanceSql(InstanceFilter f, Guid[]? found = null, InstanceOrderBy by = InstanceOrderBy.Created)
    {
        if (found is not null) And($"id = ANY({Put(found, NpgsqlDbType.Array | NpgsqlDbType.Uuid)})");
        if (f.Ids is { } ids) And($"id = ANY({Put(ids.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid)})");
        if (f.DefinitionId is { } d) And($"definition_id = {Put(d)}");
        if (f.DefinitionIds is { } ds) And($"definition_id = ANY({Put(ds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)})");
        if (f.VersionId is { } v) And($"version_id = {Put(v)}");
        if (f.Version is { } n) And($"version = {Put(n, NpgsqlDbType.Integer)}");
        if (f.CorrelationId is { } c) And(Correlated(Put(c), f.HidesCases));
        if (f.CaseId is { } k) And($"case_id = {Put(k, NpgsqlDbType.Uuid)}");
        if (f.ParentId is { } p) And($"parent_id = {Put(p, NpgsqlDbType.Uuid)}");
        if (f.Statuses is { Count: > 0 } s) Statuses(s);
        if (f.SubStatuses is { Count: > 0 } u) And($"sub_status = ANY({Put(u.Select(x => (short)x).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint)})");
        if (f.HasIncidents is { } h) And(h ? "incident_count > 0" : "incident_count = 0");
        if (f.Regions is { } r) And($"region = ANY({Put(r.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)})");
        if (f.Sight is { } sight) Seen(sight, f, by);
        if (f.Trial is { } t) And(t ? "trial" : "NOT trial");
        Between("updated_at", f.UpdatedFrom, f.UpdatedTo);
        Between("finished_at", f.FinishedFrom, f.FinishedTo);
        Created(f.CreatedFrom, f.CreatedTo);
        if (found is null && !SoundText.IsBlank(f.Search)) Search(f.Search.Trim(), f.HidesCases);
    }

    public string Where => _where.Length == 0 ? "" : " WHERE " + _where;

    /// <summary>A search that finds more than ten thousand is one to narrow, not to count to the end.</summary>
    public string Count => _isWideSearch ? $"SELECT count(*) FROM (SELECT FROM instance{Where} LIMIT {MostCounted}) f" : $"SELECT count(*) FROM instance{Where}";

    /// <summary>The condition with its values: the same text, the same rows.</summary>
    public string Key => _where + "|" + string.Join('|', _parameters.Select(p => p.Value is System.Collections.IEnumerable many and not string ? string.Join(',', many.Cast<object>()) : $"{p.Value}"));

    /// <summary>Whether <see cref="Look"/> is worth its round trip: the filter searches for words.</summary>
    public static bool Searches(InstanceFilter f) => !SoundText.IsBlank(f.Search) && !Guid.TryParse(f.Search, out _);

    /// <summary>
    /// Finds rare words by their indexes. Each condition on its own, since the planner uses them only so; what is too much to be kept is
    /// no rare word, and is met soon enough along the order of the list.
    /// </summary>
    public static (string Sql, string Like, string Text, int Most) Look(InstanceFilter f) => (
        $"""
         (SELECT id FROM instance WHERE name ILIKE $1 LIMIT {MostFound + 1}) UNION (SELECT id FROM instance WHERE {Correlated("$2", f.HidesCases)} LIMIT {MostFound + 1})
         UNION (SELECT id FROM instance WHERE {OfDefinition("$1")} LIMIT {MostFound + 1}) LIMIT {MostFound + 1}
         """, Pattern(f.Search!.Trim()), f.Search!.Trim(), MostFound);

    public static string OrderBy(InstanceOrder order) => order.By switch
    {
        // Ids are version-7 uuids: their order is that of creation, and the primary key has it ready.
        InstanceOrderBy.Created => $" ORDER BY id{(order.Descending ? " DESC" : "")}",
        InstanceOrderBy.Updated => Sorted("updated_at", order.Descending),
        InstanceOrderBy.Finished => Sorted("finished_at", order.Descending),
        InstanceOrderBy.Name => Sorted("name", order.Descending),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var p in _parameters) parameters.Add(p.Clone());
    }

    public string Put(object value, NpgsqlDbType type = NpgsqlDbType.Text)
    {
        _parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return "$" + _parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Sorted(string column, bool descending) =>
        descending ? $" ORDER BY {column} DESC NULLS LAST, id DESC" : $" ORDER BY {column} NULLS LAST, id";

    private void Statuses(IReadOnlyCollection<Engine.State.WorkflowStatus> statuses)
    {
        And($"status = ANY({Put(statuses.Select(x => (short)x).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint)})");

        // Says what the partial index of unfinished instances needs to hear.
        if (!statuses.Contains(Engine.State.WorkflowStatus.Finished)) And("finished_at IS NULL");
    }

    // Wherever more is asked for than what began, only of what may be told.
    private void Seen(InstanceSight sight, InstanceFilter f, InstanceOrderBy by)
    {
        var asks = f.Statuses is not null || f.SubStatuses is not null || f.HasIncidents is not null || by != InstanceOrderBy.Created || Searches(f)
            || (f.UpdatedFrom ?? f.UpdatedTo ?? f.FinishedFrom ?? f.FinishedTo) is not null;
        var told = sight.ToldBy(Put(sight.Regions.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
        And(asks ? told : $"({sight.Began} OR {told})");
    }

    private static string Correlated(string value, bool hidesCases) =>
        hidesCases ? $"(correlation_id = {value} AND (trial OR correlation_id = case_id::text))" : $"correlation_id = {value}";

    private void Search(string text, bool hidesCases)
    {
        if (Guid.TryParse(text, out var id))
        {
            And($"(id = {Put(id, NpgsqlDbType.Uuid)} OR {Correlated(Put(text), hidesCases)})");
            return;
        }

        var like = Put(Pattern(text));
        And($"(name ILIKE {like} OR {Correlated(Put(text), hidesCases)} OR {OfDefinition(like)})");
        _isWideSearch = true;
    }

    private static string OfDefinition(string like) => $"definition_id = ANY(ARRAY(SELECT definition_id FROM workflow_definition WHERE definition_id ILIKE {like}))";

    private static string Pattern(string text) =>
        "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private void Created(DateTimeOffset? from, DateTimeOffset? to) => Between("created_at", from, to);

    private void Between(string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } f) And($"{column} >= {Put(f.UtcDateTime, NpgsqlDbType.TimestampTz)}");
        if (to is { } t) And($"{column} <= {Put(t.UtcDateTime, NpgsqlDbType.TimestampTz)}");
    }

    private void And(string condition)
    {
        if (_where.Length > 0) _where.Append(" AND ");
        _where.Append(condition);
    }
}
