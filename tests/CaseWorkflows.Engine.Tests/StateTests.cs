using System.Text;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>The stored form. A change here means a new format number and an upcaster: instances in flight are stored in the old one.</summary>
public sealed class StateTests
{
    /// <summary>Format 1 as first shipped. Must load for ever; never edit it.</summary>
    private const string Format1 = """{"f":1,"i":"01900000000070008000000000000001","d":"test","v":"v1","n":1,"s":2,"q":6,"x":6,"t":1772434800000,"u":1772434800000,"a":[{"i":1,"n":"Workflow1","t":1772434800000,"v":{"v1":3}},{"i":2,"p":1,"n":"Workflow1:f","t":1772434800000,"f":[2,1,[0,1],[0,1]]},{"i":4,"p":2,"n":"Workflow1:f:e","t":1772434800000}],"b":[{"i":"ID","n":"Event","a":"AI","o":"Workflow1:f:e","k":"e","p":{"eventName":"e"}}]}""";

    private static WorkflowDefinition Waiting => Definition(Flowchart(Activity("st", "Elsa.Start") + "," + Event("e"), "st>e"), """[{"id":"v1","name":"antal","typeName":"Int32","value":"3"}]""");

    [Fact]
    public void The_stored_form_of_a_waiting_workflow_is_as_it_was()
    {
        var state = Run.Start(Waiting).State;
        Encoding.UTF8.GetString(state.Serialize()).Should().Be(Filled(state));
    }

    [Fact]
    public void A_state_stored_in_an_earlier_format_goes_on()
    {
        var state = WorkflowState.Deserialize(Encoding.UTF8.GetBytes(Filled(Run.Start(Waiting).State)));
        var result = Burst.Resume(Compile(Waiting), state, state.Bookmarks[0].Id, null, new BurstEnvironment { Now = Now });
        result.State.SubStatus.Should().Be(WorkflowSubStatus.Finished);
        result.State.Variables["v1"].Should().Be(3);
    }

    [Fact]
    public void A_waiting_workflow_is_a_few_hundred_bytes() => Run.Start(Waiting).State.Serialize().Length.Should().BeLessThan(600);

    [Theory]
    [InlineData("{\"f\":99}")]
    [InlineData("{}")]
    [InlineData("rubbish")]
    [InlineData("")]
    public void What_cannot_be_read_is_told_apart_from_what_can(string text)
    {
        var act = () => WorkflowState.Deserialize(Encoding.UTF8.GetBytes(text));
        act.Should().Throw<StateFormatException>();
    }

    [Fact]
    public void Values_come_back_as_what_they_were()
    {
        var values = new Dictionary<string, object?>
        {
            ["null"] = null, ["bool"] = true, ["int"] = 3, ["long"] = 1L << 40, ["small long"] = 3L, ["double"] = 2.5, ["whole double"] = 3.0, ["decimal"] = 1.10m,
            ["text"] = "å\"", ["instant"] = Now, ["date"] = new DateOnly(2026, 3, 2), ["span"] = TimeSpan.FromHours(1), ["guid"] = Instance,
            ["list"] = new List<object?> { 1, "två", null }, ["dictionary"] = new Dictionary<string, object?> { ["$"] = "t", ["v"] = 1 },
        };
        var state = Run.Start(Definition(Sequence(Event("e"))), values).State;
        var read = WorkflowState.Deserialize(state.Serialize()).Input;
        read.Should().BeEquivalentTo(values, o => o.RespectingRuntimeTypes());
        read.Select(v => v.Value?.GetType()).Should().Equal(values.Select(v => v.Value?.GetType()));
    }

    [Fact]
    public void A_variable_in_memory_begins_again_after_a_suspension()
    {
        var run = Run.Start(Sequence(Activity("set", "Elsa.SetVariable", "\"variable\":{\"id\":\"m\",\"name\":\"m\"}," + Literal("value", "satt")), Script("före", "getM()"), Event("e"), Script("efter", "getM()")),
            """[{"id":"m","name":"m","typeName":"String","value":"från början","storageDriverTypeName":"Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core"}]""");
        run.Resume("e");
        run.Lines.Should().Equal("satt", "från början");
    }

    [Fact]
    public void A_step_that_is_gone_when_the_workflow_goes_on_is_an_incident()
    {
        var state = Run.Start(Waiting).State;
        var changed = Compile(Definition(Flowchart(Activity("st", "Elsa.Start"))));
        var result = Burst.Resume(changed, state, state.Bookmarks[0].Id, null, new BurstEnvironment { Now = Now });
        result.State.Incidents.Should().ContainSingle();
    }

    [Fact]
    public void Outputs_that_a_script_asks_for_survive_a_suspension()
    {
        var run = Run.Start(Sequence("""{"id":"i","name":"Val","type":"Elsa.If","version":1,"condition":{"typeName":"Boolean","expression":{"type":"Literal","value":"true"}}}""", Event("e"), Script("a", "getResultFromVal()")));
        run.Resume("e");
        run.Lines.Should().Equal("true");
    }

    private static string Filled(WorkflowState state) => Format1
        .Replace("\"ID\"", $"\"{state.Bookmarks[0].Id}\"", StringComparison.Ordinal)
        .Replace("\"AI\"", $"\"{state.Bookmarks[0].ActivityInstanceId}\"", StringComparison.Ordinal);
}
