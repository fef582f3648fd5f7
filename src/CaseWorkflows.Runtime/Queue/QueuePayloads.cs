using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CaseWorkflows.Runtime;

/// <summary>What queue rows store. These are formats: rows of older versions must still be read (snapshot-tested).</summary>
internal static class QueuePayloads
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T payload) => JsonSerializer.Serialize(payload, Options);

    public static T Read<T>(string? json) =>
        JsonSerializer.Deserialize<T>(json ?? "{}", Options) ?? throw new JsonException($"A queue row holds no {typeof(T).Name}.");

    internal sealed record Start(
        string DefinitionId, int? Version, string? VersionId, string? CorrelationId, Guid? CaseId, JsonObject? Input,
        string? TriggerNodeId, Guid? ParentId, string? ParentBookmarkId, string? Name, Guid? TrialRoot = null,
        bool? KeepsName = null, int? Depth = null, Origin? Origin = null, Guid? Family = null);

    /// <summary>One of: an event's payload, or what a child came to.</summary>
    internal sealed record Resume(JsonNode? Input, Child? Child, bool Event, Origin? Origin = null);

    internal sealed record Child(Guid InstanceId, string Status, string SubStatus, JsonObject? Output);

    internal sealed record Event(
        string Name, string? CorrelationId, Guid? InstanceId, JsonNode? Payload, Guid? CaseId, string? Region, bool StartTriggers, bool Trial,
        Guid? TrialRoot = null, int? Depth = null, Origin? Origin = null, Guid? Family = null);

    /// <summary>Interval: the step of a series that keeps its own beat (absent in rows of before, and for series that follow the calendar).</summary>
    internal sealed record Trigger(string DefinitionId, string VersionId, string NodeId, string Key, JsonObject? Input, TimeSpan? Interval = null);

    internal sealed record Job(string NodeId, string JobType, string IdempotencyKey, JsonObject? Input, Retry Retry);

    internal sealed record Retry(int MaxAttempts, double FirstDelaySeconds, double MaxDelaySeconds, double TimeLimitSeconds);

    internal sealed record Outbox(string Kind, JsonElement Data);

    internal sealed record Recurring(string Cron);
}
