using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Intake;

/// <summary>A case as it comes in. Values are as given (texts, numbers), so that every fault can be told at once; see the API for their meaning.</summary>
public sealed record CaseRegistrationRequest
{
    public string? Unit { get; init; }

    public string? CaseType { get; init; }

    public string? Channel { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Of a form on a page, made with it: sending it twice gives the first case again. Stands where a sending system has its id.</summary>
    public string? FormKey { get; init; }

    public JsonNode? ArrivedAt { get; init; }

    /// <summary>A number, or "okänt".</summary>
    public JsonNode? Team { get; init; }

    public JsonNode? Priority { get; init; }

    public JsonObject? Patient { get; init; }

    public JsonObject? Sender { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public JsonArray? Attachments { get; init; }

    public JsonObject? Fields { get; init; }

    /// <summary>What was of the wrong kind or too long, by path; told with everything else that is wrong.</summary>
    public IReadOnlyDictionary<string, string[]> Faults { get; init; } = new Dictionary<string, string[]>();

    public static CaseRegistrationRequest FromJson(JsonObject body) => new()
    {
        Unit = Given(body, "unit"), CaseType = Given(body, "caseType"), Channel = Given(body, "channel"), ExternalId = Given(body, "externalId"),
        ArrivedAt = body["arrivedAt"], Team = body["team"], Priority = body["priority"],
        Patient = body["patient"] as JsonObject, Sender = body["sender"] as JsonObject,
        Subject = Given(body, "subject"), Text = Given(body, "text"), Attachments = body["attachments"] as JsonArray, Fields = body["fields"] as JsonObject,
        Faults = CaseBody.Shape.Faults(body)
    };

    private static string? Given(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
