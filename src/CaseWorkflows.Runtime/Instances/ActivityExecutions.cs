using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>Executions of steps, put together from journal entries.</summary>
internal static class ActivityExecutions
{
    public static List<ActivityExecutionRecord> From(IEnumerable<JournalRecord> entries)
    {
        var order = new List<string>();
        var records = new Dictionary<string, ActivityExecutionRecord>(StringComparer.Ordinal);
        foreach (var e in entries)
        {
            if (!records.TryGetValue(e.ActivityInstanceId, out var record))
            {
                order.Add(e.ActivityInstanceId);
                record = First(e);
            }

            records[e.ActivityInstanceId] = Next(record, e);
        }

        return order.ConvertAll(id => records[id]);
    }

    private static ActivityExecutionRecord First(JournalRecord e) => new()
    {
        Id = e.ActivityInstanceId, InstanceId = e.InstanceId, NodeId = e.NodeId, ActivityId = e.ActivityId, ActivityType = e.ActivityType,
        ActivityTypeVersion = e.ActivityTypeVersion, ActivityName = e.ActivityName, ParentId = e.ParentActivityInstanceId, StartedAt = e.At,
        Status = ActivityStatus.Running, FirstSequence = e.Sequence,
    };

    private static ActivityExecutionRecord Next(ActivityExecutionRecord r, JournalRecord e)
    {
        r = r with { Inputs = e.State ?? r.Inputs, Outputs = e.Outputs ?? r.Outputs, Payload = e.Payload ?? r.Payload };
        return e.EventName switch
        {
            "Suspended" => r with { HasBookmarks = true },
            "Resumed" => r with { HasBookmarks = false, Status = ActivityStatus.Running, CompletedAt = null },
            "Completed" => r with { Status = ActivityStatus.Completed, CompletedAt = e.At, HasBookmarks = false, Outcomes = Outcomes(e) },
            "Canceled" => r with { Status = ActivityStatus.Canceled, CompletedAt = e.At, HasBookmarks = false },
            "Faulted" => r with { Status = ActivityStatus.Faulted, FaultCount = r.FaultCount + 1, Error = e.Message ?? r.Error },
            _ => r,
        };
    }

    private static string[] Outcomes(JournalRecord e) =>
        e.Payload?["Outcomes"] is System.Text.Json.Nodes.JsonArray list ? [.. list.Select(o => o?.ToString() ?? "")] : [];
}
