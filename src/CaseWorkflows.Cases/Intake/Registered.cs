namespace CaseWorkflows.Cases.Intake;

/// <summary>What became of a registration.</summary>
public enum Registered
{
    /// <summary>A case was made.</summary>
    New,

    /// <summary>The same contents had come before, under the same external id.</summary>
    Again,

    /// <summary>The external id is taken by a case with other contents: nothing was done.</summary>
    OtherContents
}
