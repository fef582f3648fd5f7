namespace CaseWorkflows.Cases.Organisation;

/// <summary>Permission codes (MODEL 4.2); which role has which is reference data.</summary>
public static class Permissions
{
    public const string CaseReadUnit = "case.read.unit";
    public const string CaseReadNoText = "case.read.notext";
    /// <summary>Beside the permission to read a unit's cases: also those of patients with a protected identity (D-10).</summary>
    public const string CaseReadProtected = "case.read.protected";
    public const string CaseRegister = "case.register";
    public const string CaseDistribute = "case.distribute";
    public const string CaseAnswer = "case.answer";
    public const string TaskReadUnit = "task.read.unit";
    public const string TaskReadAll = "task.read.all";
    public const string IntegrationEvents = "integration.events";
    public const string PhraseEdit = "phrase.edit";
    public const string PhraseApprove = "phrase.approve";
    public const string PhrasePublish = "phrase.publish";
    public const string PermissionManage = "permission.manage";
    public const string GroupManage = "group.manage";
    public const string CaseTypeManage = "caseType.manage";
    public const string ScheduleManage = "schedule.manage";
    public const string AbsenceManage = "absence.manage";
    public const string RoutineEdit = "routine.edit";
    public const string WorkflowEdit = "workflow.edit";
    public const string WorkflowDevelop = "workflow.develop";
    public const string WorkflowPublish = "workflow.publish";
    /// <summary>Steps that run code or reach outside, and routines of every region.</summary>
    public const string StatisticsRead = "statistics.read";
    public const string AuditRead = "audit.read";
    public const string UnitManage = "unit.manage";
    public const string ClockManage = "clock.manage";

    /// <summary>
    /// Decides about failures in routines: tries again or skips the step, with a reason. Held by the clinic's local administrators (and
    /// RÖ's local system administrators), for whether a step may be left out is a decision about the clinic's own cases; by the service's
    /// administrators for what belongs to no clinic; and by developers, who mend what failed. It gives no right to read a case.
    /// </summary>
    public const string IncidentManage = "incident.manage";
    public const string SystemAdmin = "system.admin";

    /// <summary>Power over what others do, may do or see, or over the product: who has it is served by nobody who has less of it.</summary>
    public static readonly IReadOnlySet<string> OverOthers = new HashSet<string>(StringComparer.Ordinal)
    {
        PhraseApprove, PermissionManage, GroupManage, CaseTypeManage, ScheduleManage, AbsenceManage, "routine.approve", WorkflowEdit, WorkflowDevelop,
        WorkflowPublish, AuditRead, TaskReadAll, UnitManage, ClockManage, IncidentManage, SystemAdmin,
    };

    /// <summary>To read patients' cases, and to act in them.</summary>
    public static readonly IReadOnlySet<string> OverPatients = new HashSet<string>(StringComparer.Ordinal)
    {
        CaseReadUnit, CaseReadProtected, CaseReadNoText, "case.read.own", CaseRegister, CaseDistribute, CaseAnswer, "case.close", TaskReadUnit, IntegrationEvents,
        "complaint.work", "complaint.investigate",
    };

    /// <summary>Those of them that are for somebody who works with cases; to look at a unit's is not.</summary>
    public static readonly IReadOnlySet<string> WithCases = OverPatients.Except([CaseReadUnit, CaseReadNoText, IntegrationEvents]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Codes of MODEL 4.2 that roles carry and no check asks for, with what guards the matter instead.</summary>
    public static readonly IReadOnlyDictionary<string, string> GuardedOtherwise = new Dictionary<string, string>
    {
        ["case.read.own"] = "Whoever has a case or a task of it sees it, whatever the role.",
        ["case.close"] = "The outcomes of a routine's tasks, and the roles that may choose them.",
        ["phrase.use"] = "The published phrases of the unit are offered to whoever has the task.",
        ["routine.approve"] = "Changing a routine document, its state included, asks for routine.edit.",
        ["complaint.work"] = "The roles that are candidates of the complaint routine's tasks.",
        ["complaint.investigate"] = "The roles that are candidates of the complaint routine's tasks.",
        ["deviation.coordinate"] = "The roles that are candidates of the deviation routine's tasks."
    };
}
