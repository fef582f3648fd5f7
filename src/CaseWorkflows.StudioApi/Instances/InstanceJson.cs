using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>Instances, journal and executions as Studio reads them.</summary>
internal static class InstanceJson
{
    public static JsonObject Summary(InstanceSummary i)
    {
        var o = new JsonObject
        {
            ["id"] = i.Id.ToString(),
            ["definitionId"] = i.DefinitionId,
            ["definitionVersionId"] = i.VersionId,
            ["version"] = i.Version,
            ["status"] = i.Status.ToString(),
            ["subStatus"] = i.SubStatus.ToString(),
            ["isExecuting"] = false,
            ["incidentCount"] = i.IncidentCount,
            ["isSystem"] = false,
            ["createdAt"] = i.CreatedAt.ToString("O"),
            ["updatedAt"] = i.UpdatedAt.ToString("O"),
        };
        if (i.FinishedAt is { } finished) o["finishedAt"] = finished.ToString("O");
        if (i.CorrelationId is not null) o["correlationId"] = i.CorrelationId;
        if (i.Name is not null) o["name"] = i.Name;
        return o;
    }

    public static JsonObject Detail(InstanceDetail detail)
    {
        var o = Summary(detail.Summary);
        o["workflowState"] = State(detail.State);
        return o;
    }

    public static JsonObject State(WorkflowState s)
    {
        var o = new JsonObject
        {
            ["id"] = s.InstanceId.ToString(),
            ["definitionId"] = s.DefinitionId,
            ["definitionVersionId"] = s.DefinitionVersionId,
            ["definitionVersion"] = s.DefinitionVersion,
            ["status"] = s.Status.ToString(),
            ["subStatus"] = s.SubStatus.ToString(),
            ["isExecuting"] = false,
            ["bookmarks"] = new JsonArray([.. s.Bookmarks.Select(b => (JsonNode)new JsonObject
            {
                ["id"] = b.Id,
                ["name"] = $"Elsa.{b.Name}",
                ["hash"] = b.Key ?? b.Id,
                ["payload"] = b.Payload?.DeepClone() ?? new JsonObject(),
                ["activityId"] = b.ActivityId,
                ["activityNodeId"] = b.NodeId,
                ["activityInstanceId"] = ExecutionId(s.InstanceId, b.ActivityInstanceId),
                ["createdAt"] = (s.Activities.FirstOrDefault(a => a.Id == b.ActivityInstanceId)?.StartedAt ?? s.UpdatedAt).ToString("O"),
                ["autoBurn"] = b.AutoBurn,
                ["callbackMethodName"] = "Resume",
                ["autoComplete"] = false,
            })]),
            ["incidents"] = new JsonArray([.. s.Incidents.Select(i => (JsonNode)new JsonObject
            {
                ["activityId"] = i.ActivityId,
                ["activityNodeId"] = i.NodeId,
                ["activityInstanceId"] = ExecutionId(s.InstanceId, i.ActivityInstanceId),
                ["activityType"] = i.ActivityType,
                ["message"] = i.Message,
                ["exception"] = Exception(i.ExceptionType, i.Message),
                ["timestamp"] = i.At.ToString("O"),
            })]),
            ["isSystem"] = false,
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray([.. s.Activities.Select(a => (JsonNode)Context(s, a))]),
            ["scheduledActivities"] = new JsonArray(),
            ["executionLogSequence"] = s.NextSequence,
            ["input"] = Values.Object(s.Input),
            ["output"] = Values.Object(s.Output),
            ["properties"] = new JsonObject(),
            ["createdAt"] = s.CreatedAt.ToString("O"),
            ["updatedAt"] = s.UpdatedAt.ToString("O"),
        };
        if (s.FinishedAt is { } finished) o["finishedAt"] = finished.ToString("O");
        if (s.CorrelationId is not null) o["correlationId"] = s.CorrelationId;
        if (s.Name is not null) o["name"] = s.Name;
        return o;
    }

    public static JsonObject Entry(JournalRecord r)
    {
        var o = new JsonObject
        {
            ["id"] = $"{r.InstanceId:N}-{r.Sequence}",
            ["activityInstanceId"] = ExecutionId(r.InstanceId, r.ActivityInstanceId),
            ["activityId"] = r.ActivityId,
            ["activityType"] = r.ActivityType,
            ["activityTypeVersion"] = r.ActivityTypeVersion,
            ["nodeId"] = r.NodeId,
            ["timestamp"] = r.At.ToString("O"),
            ["sequence"] = r.Sequence,
            ["eventName"] = r.EventName,
        };
        if (r.ParentActivityInstanceId is not null) o["parentActivityInstanceId"] = ExecutionId(r.InstanceId, r.ParentActivityInstanceId);
        if (r.ActivityName is not null) o["activityName"] = r.ActivityName;
        if (r.Message is not null) o["message"] = r.Message;
        if (r.State is not null) o["activityState"] = r.State.DeepClone();
        if (r.Payload is not null) o["payload"] = r.Payload.DeepClone();
        return o;
    }

    /// <param name="whole">With inputs, outputs and the rest; else the summary.</param>
    /// <param name="depth">How far below the workflow itself.</param>
    /// <param name="parent">What scheduled it.</param>
    public static JsonObject Execution(ActivityExecutionRecord r, bool whole, int depth, ActivityExecutionRecord? parent)
    {
        var o = new JsonObject
        {
            ["workflowInstanceId"] = r.InstanceId.ToString(),
            ["activityId"] = r.ActivityId,
            ["activityNodeId"] = r.NodeId,
            ["activityType"] = r.ActivityType,
            ["activityTypeVersion"] = r.ActivityTypeVersion,
            ["startedAt"] = r.StartedAt.ToString("O"),
            ["hasBookmarks"] = r.HasBookmarks,
            ["status"] = r.Status.ToString(),
            ["metadata"] = new JsonObject(),
            ["aggregateFaultCount"] = r.FaultCount,
            ["id"] = ExecutionId(r.InstanceId, r.Id),
        };
        if (r.ActivityName is not null) o["activityName"] = r.ActivityName;
        if (r.CompletedAt is { } completed) o["completedAt"] = completed.ToString("O");
        if (!whole) return o;
        // Never null: Studio would ask again every second.
        o["activityState"] = r.Inputs?.DeepClone() ?? new JsonObject();
        o["outputs"] = r.Outputs?.DeepClone() ?? new JsonObject();
        o["properties"] = new JsonObject();
        o["callStackDepth"] = depth;
        o["tenantId"] = "";
        if (r.Payload is not null) o["payload"] = r.Payload.DeepClone();
        else if (r.Outcomes.Count > 0) o["payload"] = new JsonObject { ["Outcomes"] = new JsonArray([.. r.Outcomes.Select(x => (JsonNode)x)]) };
        if (r.ParentId is not null) o["schedulingActivityExecutionId"] = ExecutionId(r.InstanceId, r.ParentId);
        if (parent is not null) o["schedulingActivityId"] = parent.ActivityId;
        if (r.Error is not null) o["exception"] = Exception(null, r.Error);
        return o;
    }

    /// <summary>Ids of executions are unique within their instance only; Studio asks for them alone.</summary>
    public static string ExecutionId(Guid instanceId, string executionId) => $"{instanceId:N}-{executionId}";

    public static (Guid InstanceId, string ExecutionId)? ParseExecutionId(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash == 32 && Guid.TryParseExact(id[..32], "N", out var instance) ? (instance, id[33..]) : null;
    }

    public static JsonObject Exception(string? type, string message) => new()
    {
        ["type"] = type ?? "Fel",
        ["message"] = message,
        ["stackTrace"] = "",
    };

    private static JsonObject Context(WorkflowState s, ActivityState a)
    {
        var depth = 0;
        for (var up = a.ParentId; up is not null; up = s.Activities.FirstOrDefault(p => p.Id == up)?.ParentId) depth++;
        var o = new JsonObject
        {
            ["id"] = ExecutionId(s.InstanceId, a.Id),
            ["callStackDepth"] = depth,
            ["scheduledActivityNodeId"] = a.NodeId,
            ["properties"] = a.Variables.Count == 0 ? new JsonObject() : new JsonObject { ["Variables"] = Values.Object(a.Variables) },
            ["metadata"] = new JsonObject(),
            ["activityState"] = new JsonObject(),
            ["dynamicVariables"] = new JsonArray(),
            ["status"] = a.Status.ToString(),
            ["isExecuting"] = false,
            ["faultCount"] = s.Incidents.Count(i => i.ActivityInstanceId == a.Id),
            ["startedAt"] = a.StartedAt.ToString("O"),
        };
        if (a.ParentId is not null)
        {
            o["parentContextId"] = ExecutionId(s.InstanceId, a.ParentId);
            if (s.Activities.FirstOrDefault(p => p.Id == a.ParentId) is { } parent) o["ownerActivityNodeId"] = parent.NodeId;
        }

        return o;
    }
}
