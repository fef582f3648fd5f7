namespace CaseWorkflows.Cases.Tasks;

/// <summary>What a task list is asked for.</summary>
public sealed record TaskQuery
{
    public const string Mine = "mine";
    public const string Available = "available";
    public const string UnitView = "unit";
    public const string Cover = "cover";
    public const string All = "all";

    public static readonly IReadOnlyList<string> Views = [Mine, Available, UnitView, Cover, All];

    /// <summary>Null: mine and available together; with a case every open task of it that the actor may see.</summary>
    public string? View { get; init; }

    /// <summary>Unit id or name.</summary>
    public string? Unit { get; init; }

    /// <summary>Case id or case number.</summary>
    public string? Case { get; init; }

    /// <summary>today, overdue, or a local date: due that day or before.</summary>
    public string? Due { get; init; }

    /// <summary>Words in title, case number, patient or subject.</summary>
    public string? Q { get; init; }

    public bool Trial { get; init; }

    public string? Cursor { get; init; }

    /// <summary>At most 200.</summary>
    public int Limit { get; init; } = 50;
}
