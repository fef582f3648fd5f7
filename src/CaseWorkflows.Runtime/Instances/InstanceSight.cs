namespace CaseWorkflows.Runtime;

/// <summary>
/// A condition on rows of <c>instance</c>, for a list whose reader may be told of some runs how they fare. The others are in it as what began for a case
/// and when, and no filter, order or count goes by more.
/// </summary>
/// <param name="Told">SQL; <c>{0}</c> stands for the array <paramref name="Regions"/>.</param>
public sealed record InstanceSight(string Told, IReadOnlyCollection<string> Regions);
