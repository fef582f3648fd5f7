namespace CaseWorkflows.Cases.Notices;

/// <summary>The channels of X-13, one per region.</summary>
public static class NoticeChannel
{
    public const string Email = "epost";
    public const string Sms = "sms";

    /// <summary>A phone of the unit (UniteAssign).</summary>
    public const string UnitPhone = "uniteassign";
}
