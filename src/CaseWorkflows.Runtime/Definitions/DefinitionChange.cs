namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Who changes a routine, when (business time) and why; goes into the definition's audit history.</summary>
public sealed record DefinitionChange(string PersonId, string PersonName, DateTimeOffset At, string? Reason = null)
{
    /// <summary>What came with the product, or lies in a file beside it: nobody who works with it has written it.</summary>
    public const string Product = "system";

    public static DefinitionChange ByProduct(DateTimeOffset at, string reason) => new(Product, "Systemet", at, reason);
}
