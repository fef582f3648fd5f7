using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Puts history entries into a batch; the database chains them.</summary>
internal static class HistoryWriter
{
    internal const string AppendSql = "SELECT append_history($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    // A routine without a case may speak of one, but only of its own region's.
    private const string AppendAboutSql = $"{AppendSql} WHERE EXISTS (SELECT 1 FROM cases c WHERE c.id = $5 AND c.region = $3)";

    public static string StreamOf(Guid? caseId, string? unit, string region) =>
        caseId is { } id ? $"case:{id}" : unit is not null ? $"unit:{unit}" : $"region:{region}";

    public static void Append(NpgsqlBatch batch, HistoryEntry entry) => Append(batch, AppendSql, entry);

    /// <summary>To the stream of a case that the entry's region must have; else nothing.</summary>
    public static void AppendAbout(NpgsqlBatch batch, HistoryEntry entry) => Append(batch, AppendAboutSql, entry);

    private static void Append(NpgsqlBatch batch, string sql, HistoryEntry entry) =>
        batch.Add(sql,
            StreamOf(entry.CaseId, entry.Unit, entry.Region), entry.At, entry.Region, Sql.Value(entry.Unit), Sql.Value(entry.CaseId),
            Sql.Value(entry.TaskId), entry.Trial, entry.Refused, Sql.Json(ToJson(entry)), Sql.Value(entry.Reason));

    /// <summary>
    /// Puts the entries of a batch last, stream by stream in one order, each stream's as they were added: the heads are locked after all rows,
    /// and by every transaction in the same order.
    /// </summary>
    public static void PutLast(NpgsqlBatch batch)
    {
        var commands = batch.BatchCommands;
        var entries = new List<NpgsqlBatchCommand>();
        for (var i = commands.Count - 1; i >= 0; i--)
        {
            if (commands[i].CommandText != AppendSql) continue;
            entries.Add(commands[i]);
            commands.RemoveAt(i);
        }

        entries.Reverse();
        foreach (var entry in entries.OrderBy(e => (string)e.Parameters[0].Value!, StringComparer.Ordinal)) commands.Add(entry);
    }

    public static JsonObject ActorJson(Actor actor, string? role = null, string? unit = null, string? capacity = null) => new()
    {
        ["kind"] = actor.Kind,
        ["id"] = actor.PersonId,
        ["userName"] = actor.UserName,
        ["role"] = role,
        ["unit"] = unit,
        ["capacity"] = capacity
    };

    private static JsonObject ToJson(HistoryEntry entry)
    {
        var json = new JsonObject
        {
            ["event"] = entry.Event,
            ["actor"] = ActorJson(entry.Actor, entry.Role, entry.RoleUnit, entry.Capacity),
            ["source"] = entry.Source
        };
        if (entry.Computed) json["computed"] = true;
        Put("task", entry.Task);
        Put("activity", entry.Activity);
        Put("before", entry.Before);
        Put("after", entry.After);
        Put("rule", entry.Rule);
        Put("messageId", entry.MessageId?.ToString());
        return json;

        void Put(string name, string? value)
        {
            if (value is not null) json[name] = value;
        }
    }
}
