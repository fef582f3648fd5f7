namespace CaseWorkflows.Runtime;

/// <summary>
/// Where what a run is given comes from: the run that sent it, or the case or the units' people that it is told of. A format of queue rows.
/// </summary>
internal sealed record Origin(Guid? Instance, Guid? Case, IReadOnlyList<string>? Units = null);
