using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Activities.Primitives;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Tests;

public sealed class AuthoringTests
{
    [Fact]
    public void A_workflow_in_code_is_the_definition_the_designer_would_have_made()
    {
        var definition = new Greeting().ToDefinition(Run.Registry);
        definition.DefinitionId.Should().Be("halsning");
        var run = Run.Start(WorkflowDefinition.Parse(definition.ToJson()), new Dictionary<string, object?> { ["Namn"] = "Åsa" }, new Graph.CompileOptions { Strict = true });
        run.Lines.Should().Equal("Hej Åsa", "1");
    }

    [Fact]
    public void Every_activity_of_the_engine_says_what_it_is_in_swedish()
    {
        foreach (var d in ActivityRegistry.CreateDefault().Descriptors)
        {
            d.DisplayName.Should().NotBeEmpty(d.TypeName);
            d.Category.Should().NotBeEmpty(d.TypeName);
            d.Description.Should().NotBeEmpty(d.TypeName);
            if (d.IsBrowsable && d.Name != "Start") d.DisplayName.Should().NotBe(d.Name, $"{d.TypeName} should have a Swedish name");
        }
    }

    [Fact]
    public void Inputs_of_the_standard_activities_are_named_as_in_elsa() =>
        ActivityRegistry.CreateDefault().Find("Elsa.ExecuteWorkflow", 1)!.Inputs.Select(i => i.Name).Should().Equal("WorkflowDefinitionId", "CorrelationId", "Input", "WaitForCompletion");

    private sealed class Greeting : WorkflowBase
    {
        protected override void Build(IWorkflowBuilder builder)
        {
            builder.DefinitionId = "halsning";
            builder.WithInput<string>("Namn");
            var count = builder.WithVariable("antal", 0);
            var start = new Start();
            var greet = new WriteLine { Text = Expression.JavaScript("'Hej ' + getNamn()") };
            var set = new SetVariable { Variable = count, Value = new Input<object>(1) };
            var show = new WriteLine { Text = count };
            var flow = new Flowchart { Activities = [start, greet, set, show] };
            flow.Connections.Add(new Connection(start, greet));
            flow.Connections.Add(new Connection(greet, set));
            flow.Connections.Add(new Connection(set, show));
            builder.Root = flow;
        }
    }
}
