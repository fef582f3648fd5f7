namespace CaseWorkflows.Cases.Access;

/// <summary>What somebody sees of a case or a task.</summary>
public enum Sight
{
    None,

    /// <summary>What happened, but nothing that anybody wrote, and not who the patient is (an auditor, MODEL 4).</summary>
    WithoutText,

    WithText
}
