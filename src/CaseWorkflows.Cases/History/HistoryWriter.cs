using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Puts history entries into a batch; the database chains them.</summary>
internal static class HistoryWriter
{
    internal const string AppendSql = "SELECT append_history($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    public static string StreamOf(Guid? caseId, string? unit, string region) =>
        caseId is { } id ? $"case:{id}" : unit is not null ? $"unit:{unit}" : $"region:{region}";

    public static void Append(NpgsqlBatch batch, HistoryEntry entry) =>
        batch.Add(AppendSql,
            StreamOf(entry.CaseId, entry.Unit, entry.Region), entry.At, entry.Region, Sql.Value(entry.Unit), Sql.Value(entry.CaseId),
            Sql.Value(entry.TaskId), entry.Trial, entry.Refused, Sql.Json(ToJson(entry)), Sql.Value(entry.Reason));

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
