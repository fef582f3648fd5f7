using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>Asks the database how many instances there are, and keeps the answer in a variable.</summary>
[Activity(Namespace = "Test", Name = "Ask", Category = "Test", DisplayName = "Fråga", Description = "Frågar databasen.")]
public sealed class AskQuery : Activity
{
    protected override void Execute(ActivityExecutionContext c)
    {
        var bookmark = c.CreateBookmark("Query", null, null);
        c.Emit(new QueryRequested(bookmark.Id, new CountInstances()));
    }

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        c.SetVariable("Counter", input);
        c.Complete();
    }

    public sealed record CountInstances;
}
