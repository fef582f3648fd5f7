using System.Text.Json.Nodes;

namespace CaseWorkflows.Scenarios.Driver;

/// <summary>A task as a list shows it.</summary>
public sealed record TaskRow(string Id, string Title, string? CaseId, string State, string? Assignee, DateTimeOffset? Due, IReadOnlyList<string> Flags, string? Unit)
{
    internal static TaskRow From(JsonNode n) => new(
        n["id"]!.ToString(), n["title"]!.ToString(), n["caseId"]?.ToString(), n["state"]!.ToString(), n["assignee"]?.ToString(),
        n["due"] is { } due ? due.GetValue<DateTimeOffset>() : null, [.. (n["flags"] as JsonArray ?? []).Select(f => f!.ToString())], n["unit"]?.ToString());
}
