namespace CaseWorkflows.Engine.Authoring;

/// <summary>A step that starts a workflow when a named event is published.</summary>
public interface IEventTrigger
{
    string EventName(TriggerContext c);
}
