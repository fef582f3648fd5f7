namespace CaseWorkflows.Cases.Calendars;

/// <summary>What a limit counts: working days Monday to Friday (D-02, D-03), or weekdays where Saturday counts too (the switch of X-03).</summary>
public enum DayKind
{
    Arbetsdag,
    VardagInklLördag
}
