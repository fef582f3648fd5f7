namespace CaseWorkflows.Cases.Notices;

/// <summary>The channels of X-13, one per region, and the one to residents.</summary>
public static class NoticeChannel
{
    public const string Email = "epost";
    public const string Sms = "sms";

    /// <summary>The thread of a case: what residents read.</summary>
    public const string Resident = "invånare";

    /// <summary>A phone of the unit (UniteAssign).</summary>
    public const string UnitPhone = "uniteassign";
}
