using System.Diagnostics;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>What would never come to rest within one burst is stopped by a limit, as an incident of the step that was at work (F-10).</summary>
public sealed class RunawayTests
{
    private const string Endless = """{"id":"w","type":"Elsa.While","version":1,"condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"2 > 1"}},"body":""";

    public static TheoryData<string, string> Loops => new()
    {
        { "while", Sequence(Endless + Line("a") + "}") },
        { "arrow back", Flowchart($"{Line("a")},{Line("b")}", "a:Done>b", "b:Done>a") },
        { "for", Sequence("""{"id":"f","type":"Elsa.For","version":1,"start":{"typeName":"Int32","expression":{"type":"Literal","value":"0"}},"end":{"typeName":"Int32","expression":{"type":"Literal","value":"2000000000"}},"body":""" + Line("a") + "}") },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public void F_10_a_loop_in_which_nothing_waits_is_stopped_by_the_count_of_its_steps(string what, string root)
    {
        var run = Start(Definition(root), environment: With(new ExecutionLimits { MaxActivities = 500 }));
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Faulted, what);
        run.State.Incidents.Single().Message.Should().StartWith("Arbetsflödet tog fler än 500 steg i följd");
    }

    [Fact]
    public void F_10_slow_scripts_in_a_loop_are_stopped_by_the_time_they_take_together()
    {
        var watch = Stopwatch.StartNew();
        var slow = Script("a", "var n = 0; for (var i = 0; i < 20000; i++) n += i; return n;");
        var run = Start(Definition(Sequence(Endless + slow + "}")), environment: With(new ExecutionLimits { MaxTime = TimeSpan.FromMilliseconds(200) }));
        run.State.Incidents.Single().Message.Should().StartWith("Arbetsflödet arbetade i mer än");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void F_10_more_steps_at_once_than_a_burst_may_do_are_not_begun()
    {
        var each = """{"id":"p","type":"Elsa.ParallelForEach","version":1,"items":{"typeName":"Object","expression":{"type":"JavaScript","value":"Array.from({ length: 600 }, (_, i) => i)"}},"body":""" + Line("a") + "}";
        var run = Start(Definition(Sequence(each)), environment: With(new ExecutionLimits { MaxActivities = 500 }));
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        run.State.Incidents.Single().Message.Should().Contain("fler än 500 steg på en gång");
        run.Lines.Should().BeEmpty();
    }

    [Fact]
    public void F_10_a_run_has_no_more_branches_at_once_than_its_state_can_carry()
    {
        string Each(int count) => "{\"id\":\"p\",\"type\":\"Elsa.ParallelForEach\",\"version\":1,\"items\":{\"typeName\":\"Object\",\"expression\":{\"type\":\"JavaScript\",\"value\":\"Array.from({ length: "
            + count + " }, (_, i) => i)\"}},\"body\":" + Line("a") + "}";
        Start(Definition(Sequence(Each(1_000)))).State.Incidents.Should().BeEmpty();
        Start(Definition(Sequence(Each(1_001)))).State.Incidents.Single().Message.Should().Contain("Högst 1000 kan göras samtidigt");
    }

    private static BurstEnvironment With(ExecutionLimits limits) => new() { Now = Now, Limits = limits };
}
