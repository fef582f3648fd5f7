using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>A connection of a flowchart built in code.</summary>
public sealed record Connection(Activity Source, Activity Target, string Port = "Done");
