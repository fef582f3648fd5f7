using System.Text.Json;

namespace CaseWorkflows.Runtime;

/// <summary>A message in the outbox.</summary>
/// <param name="Id">The same on every try.</param>
/// <param name="Kind">Names the sender.</param>
/// <param name="Payload">What was put in.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Now">Business time of the try.</param>
public sealed record OutboxMessage(Guid Id, string Kind, JsonElement Payload, int Attempt, Guid? InstanceId, string Region, bool Trial, DateTimeOffset Now);
