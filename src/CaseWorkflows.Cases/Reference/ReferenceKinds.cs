namespace CaseWorkflows.Cases.Reference;

/// <summary>The kinds of effective-dated reference documents, as stored.</summary>
public static class ReferenceKinds
{
    public const string Region = "region";
    public const string Unit = "unit";
    public const string OpeningHours = "opening_hours";
    public const string HolidayOverride = "holiday_override";
    public const string Person = "person";
    public const string Role = "role";
    public const string RoleAssignment = "role_assignment";
    public const string Group = "group";
    public const string CaseType = "case_type";
    public const string Routing = "routing";
    public const string Phrase = "phrase";
    public const string RoutineDocument = "routine_document";
    public const string Setting = "setting";
    public const string Absence = "absence";
    public const string Schedule = "schedule";
    public const string Presence = "presence";
    public const string Agreement = "agreement";
    public const string Closure = "closure";
    public const string Downtime = "downtime";
}
