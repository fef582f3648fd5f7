namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>A step after which its container ends.</summary>
internal interface ITerminalActivity;
