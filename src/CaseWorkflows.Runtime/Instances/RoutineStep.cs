namespace CaseWorkflows.Runtime;

/// <summary>A step of a version of a routine as a person knows it from the drawing.</summary>
/// <param name="Routine">The routine's name.</param>
/// <param name="Version">Its version number.</param>
/// <param name="Name">The step's text in the drawing; null when the step is gone from the version or none was asked for.</param>
/// <param name="Activity">What kind of step it is, in Swedish.</param>
/// <param name="IsJob">It does something outside the database.</param>
/// <param name="IsUnknown">No activity of its type and version exists here.</param>
/// <param name="Ways">The ways out of it. Empty where nothing follows.</param>
public sealed record RoutineStep(string Routine, int Version, string? Name, string? Activity, bool IsJob, bool IsUnknown, IReadOnlyList<StepWay> Ways);
