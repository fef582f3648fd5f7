using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>Stands for a step this host does not know. It keeps all its JSON and fails when it is reached, as an incident.</summary>
[Activity(Category = "System", DisplayName = "Okänt steg", Description = "Ett steg av en sort som inte finns här.", Hidden = true)]
internal sealed class NotFoundActivity : Activity
{
    public static readonly ActivityDescriptor Descriptor = DescriptorReader.Read(typeof(NotFoundActivity)) with { TypeName = "Elsa.NotFoundActivity", Name = "NotFoundActivity" };

    public static GraphNode MissingNode(string nodeId) =>
        new(new NotFoundActivity { Id = nodeId[(nodeId.LastIndexOf(':') + 1)..], TypeName = "Elsa.NotFoundActivity" }, Descriptor, null, nodeId, "", -1);

    protected internal override void Execute(ActivityExecutionContext c) => Fail(c);

    protected internal override void Resume(ActivityExecutionContext c, Bookmark b, object? input) => Fail(c);

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child) => Fail(c);

    private void Fail(ActivityExecutionContext c)
    {
        var type = Json.Text("missingTypeName") ?? TypeName;
        c.Fault(Node.Index < 0
            ? "Steget som väntade finns inte längre i arbetsflödet."
            : $"Steget är av en sort som inte finns här: {type} (version {Json.Int("missingTypeVersion") ?? Version}).");
    }
}
