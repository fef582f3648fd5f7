namespace CaseWorkflows.Runtime;

/// <summary>
/// Conditions on rows of <c>instance</c>, for a list whose reader may be told of some runs how they fare. Others are in it as what began and when, and no
/// filter, order or count goes by more.
/// </summary>
/// <param name="Told">SQL: how it fares; <c>{0}</c> stands for the array <paramref name="Regions"/>.</param>
/// <param name="Began">SQL: that it began, though not how it fares. What does not change as the run goes on.</param>
public sealed record InstanceSight(string Told, string Began, IReadOnlyCollection<string> Regions)
{
    /// <param name="parameter">Of the statement, for <see cref="Regions"/>.</param>
    public string ToldBy(string parameter) => Told.Replace("{0}", parameter, StringComparison.Ordinal);
}
