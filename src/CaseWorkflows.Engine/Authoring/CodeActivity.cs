namespace CaseWorkflows.Engine.Authoring;

/// <summary>A step that completes by itself when Execute returns, unless it completed, made a bookmark or failed on its own.</summary>
public abstract class CodeActivity : Activity
{
    internal override bool CompletesByItself => true;
}
