namespace CaseWorkflows.StudioApi.Http;

/// <summary>An answer other than 200 that Studio can show; texts are Swedish.</summary>
internal sealed class StudioException(int status, string field, IReadOnlyList<string> messages, string? code = null, string? confirmation = null)
    : Exception(messages.Count > 0 ? messages[0] : "")
{
    public int Status { get; } = status;

    public string Field { get; } = field;

    public IReadOnlyList<string> Messages { get; } = messages;

    public string? Code { get; } = code;

    public string? Confirmation { get; } = confirmation;

    public static StudioException Invalid(string message) => new(400, "generalErrors", [message]);

    public static StudioException Invalid(string field, string message) => new(400, field, [message]);

    public static StudioException NotFound() => new(404, "", []);

    /// <summary>Inside one's region, but not one's to do.</summary>
    public static StudioException Forbidden(string message) => new(403, "generalErrors", [message], "forbidden");
}
