namespace CaseWorkflows.Cases.Cases;

/// <summary>The flags of a case (MODEL 2.5); other badges follow from status and messages.</summary>
public static class CaseFlag
{
    public const string DueToday = "Förfaller idag";
    public const string Overdue = "Flaggat – svarstid överskriden";
    public const string Escalated = "Eskalerat";
    public const string Resumed = "Återupptaget";
    public const string HandoverRequested = "Överlämning begärd";
    public const string ProtectedIdentity = "Skyddad identitet";
    public const string NewReply = "Nytt svar från invånaren";

    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        DueToday, Overdue, Escalated, Resumed, HandoverRequested, ProtectedIdentity, NewReply,
    };
}
