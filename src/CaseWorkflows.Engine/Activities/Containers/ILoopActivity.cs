namespace CaseWorkflows.Engine.Activities.Containers;

/// <summary>A container that a Break inside it ends.</summary>
internal interface ILoopActivity;
