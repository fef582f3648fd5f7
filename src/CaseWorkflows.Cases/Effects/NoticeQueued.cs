using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Effects;

/// <summary>A notice to staff, or an SMS to the resident. The text must hold no personal data (D-10): unit, case number, case type and link only.</summary>
public sealed record NoticeQueued : Effect
{
    /// <summary>
    /// With a protected identity not even the clinic or the kind of case goes out (exceptions of D-10). Nor where the choice of words tells what was
    /// written in the case.
    /// </summary>
    public const string Bare = "{ärendenummer} behöver ses över. {länk}";

    /// <summary>Person ids.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>Everybody with the role for the unit, one notice each.</summary>
    public IReadOnlyList<TaskCandidate> Roles { get; init; } = [];

    /// <summary>Whoever has the case's open tasks: the assignee, else the candidate roles (D-06). Without open tasks the case's owner.</summary>
    public bool ToTaskHolders { get; init; }

    /// <summary>epost, sms, uniteassign; null = the region's channel .</summary>
    public string? Channel { get; init; }

    /// <summary>SMS to the resident of the case instead of staff.</summary>
    public bool ToResident { get; init; }

    /// <summary>Swedish text; {ärendenummer}, {enhet}, {ärendetyp} and {länk} are filled in.</summary>
    public required string Text { get; init; }

    public string? Subject { get; init; }

    public required string UnitId { get; init; }

    public Guid? CaseId { get; init; }

    /// <summary>Number and type of <see cref="CaseId"/>, when it is another than the burst's case.</summary>
    public string? CaseNumber { get; init; }

    public string? CaseType { get; init; }

    public string? Rule { get; init; }

    /// <summary>The product's own word to those who mend routines: no routine has chosen it.</summary>
    internal bool ToOperators { get; init; }
}
