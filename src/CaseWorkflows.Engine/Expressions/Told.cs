namespace CaseWorkflows.Engine.Expressions;

/// <summary>How much of values that are not everybody's to see an expression's result tells.</summary>
public enum Told
{
    /// <summary>Nothing: it stands in the routine.</summary>
    Stated,

    /// <summary>What whoever follows the routine may know: codes, states, counts, days.</summary>
    Known,

    /// <summary>Such a value as it is, or whether it is one that the routine states: a yes or no for each comparison that is written down.</summary>
    Whole,

    /// <summary>Something worked out of it: a turn at a time, that can spell it.</summary>
    Parts,
}
