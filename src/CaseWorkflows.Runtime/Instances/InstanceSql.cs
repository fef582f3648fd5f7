using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Runtime;

/// <summary>Conditions and order of instance lists.</summary>
internal sealed class InstanceSql
{
    private readonly StringBuilder _where = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public InstanceSql(InstanceFilter f)
    {
        if (f.Ids is { } ids) And($"id = ANY({Put(ids.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid)})");
        if (f.DefinitionId is { } d) And($"definition_id = {Put(d)}");
        if (f.DefinitionIds is { } ds) And($"definition_id = ANY({Put(ds.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)})");
        if (f.VersionId is { } v) And($"version_id = {Put(v)}");
        if (f.Version is { } n) And($"version = {Put(n, NpgsqlDbType.Integer)}");
        if (f.CorrelationId is { } c) And($"correlation_id = {Put(c)}");
        if (f.CaseId is { } k) And($"case_id = {Put(k, NpgsqlDbType.Uuid)}");
        if (f.ParentId is { } p) And($"parent_id = {Put(p, NpgsqlDbType.Uuid)}");
        if (f.Statuses is { Count: > 0 } s) Statuses(s);
        if (f.SubStatuses is { Count: > 0 } u) And($"sub_status = ANY({Put(u.Select(x => (short)x).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint)})");
        if (f.HasIncidents is { } h) And(h ? "incident_count > 0" : "incident_count = 0");
        if (f.Regions is { } r) And($"region = ANY({Put(r.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)})");
        if (f.Trial is { } t) And(t ? "trial" : "NOT trial");
        if (!string.IsNullOrWhiteSpace(f.Search)) Search(f.Search.Trim());
        Between("updated_at", f.UpdatedFrom, f.UpdatedTo);
        Between("finished_at", f.FinishedFrom, f.FinishedTo);
        Created(f.CreatedFrom, f.CreatedTo);
    }

    public string Where => _where.Length == 0 ? "" : " WHERE " + _where;

    /// <summary>The condition with its values: the same text, the same rows.</summary>
    public string Key => _where + "|" + string.Join('|', _parameters.Select(p => p.Value is System.Collections.IEnumerable many and not string ? string.Join(',', many.Cast<object>()) : $"{p.Value}"));

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

    private void Search(string text)
    {
        if (Guid.TryParse(text, out var id))
        {
            And($"(id = {Put(id, NpgsqlDbType.Uuid)} OR correlation_id = {Put(text)})");
            return;
        }

        var like = Put("%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%");
        // A union, not an or: each arm has an index of its own, and the planner uses them only so. The definitions are few.
        And(
            $"""
             id IN (SELECT s.id FROM instance s WHERE s.name ILIKE {like} UNION SELECT s.id FROM instance s WHERE s.correlation_id = {Put(text)}
             UNION SELECT s.id FROM instance s JOIN workflow_definition d USING (definition_id) WHERE d.definition_id ILIKE {like})
             """);
    }

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
