using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Execution;

/// <summary>Where an instance waits. Id is unique within the instance only.</summary>
/// <param name="Id">16 hex digits.</param>
/// <param name="Name">What kind of thing is waited for: "Event", "HumanTask", "Delay"…</param>
/// <param name="NodeId">The step.</param>
/// <param name="ActivityId">The step's id.</param>
/// <param name="ActivityInstanceId">The execution of the step.</param>
/// <param name="Key">What events look it up by (with name and correlation), or null.</param>
/// <param name="Payload">Shown and stored with the bookmark.</param>
/// <param name="AutoBurn">Burned when resumed; otherwise it stays until the step completes or burns it.</param>
public sealed record Bookmark(
    string Id, string Name, string NodeId, string ActivityId, string ActivityInstanceId, string? Key, JsonNode? Payload, bool AutoBurn);
