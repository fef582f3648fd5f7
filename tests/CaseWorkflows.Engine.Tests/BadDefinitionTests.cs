using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>Everything wrong in a definition is told at once, with the step, the place and a message a process owner can act on.</summary>
public sealed class BadDefinitionTests
{
    [Fact]
    public void An_unknown_activity_is_refused_at_publish_and_an_incident_when_run()
    {
        var definition = Definition(Sequence(Line("a"), Activity("x", "Acme.Gone")));
        Problem(definition).Should().BeEquivalentTo(new { Code = "unknown-activity", NodeId = "Workflow1:s:x", Path = "$.root.activities[1]" });
        var run = Run.Start(definition);
        run.Lines.Should().Equal("a");
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        run.State.Incidents.Should().ContainSingle().Which.Message.Should().Contain("Acme.Gone");
    }

    [Fact]
    public void A_version_that_is_gone_is_an_incident_never_a_crash()
    {
        var definition = Definition(Sequence("""{"id":"x","type":"Elsa.WriteLine","version":99}"""));
        Problem(definition).Code.Should().Be("unknown-version");
        Run.Start(definition).State.Incidents.Should().ContainSingle();
    }

    [Fact]
    public void A_connection_to_nowhere_is_refused()
    {
        var problem = Problem(Definition(Flowchart(Activity("a", "Elsa.Start"), "a>b")));
        problem.Should().BeEquivalentTo(new { Code = "missing-target", NodeId = "Workflow1:f", Path = "$.root.connections[0]" });
        problem.Message.Should().Contain("b");
    }

    [Fact]
    public void Two_steps_with_the_same_id_are_refused() => Problem(Definition(Sequence(Line("a"), Line("a")))).Code.Should().Be("duplicate-id");

    [Fact]
    public void A_container_inside_itself_is_refused() =>
        Problem(Definition("""{"id":"s","type":"Elsa.Sequence","version":1,"activities":[{"id":"t","type":"Elsa.Sequence","version":1,"activities":[{"id":"s","type":"Elsa.Sequence","version":1,"activities":[]}]}]}""")).Code.Should().Be("container-cycle");

    [Fact]
    public void A_workflow_used_inside_itself_is_refused_also_when_run()
    {
        var definition = Definition(Activity("w", "Test", "\"workflowDefinitionId\":\"test\""));
        foreach (var strict in (bool[])[true, false])
        {
            var act = () => Compile(definition, new CompileOptions { Strict = strict, ResolveDefinition = _ => definition });
            act.Should().Throw<DefinitionException>().Which.Problems.Should().Contain(p => p.Code == "container-cycle");
        }
    }

    [Fact]
    public void Steps_inside_steps_without_end_are_refused()
    {
        var nested = string.Concat(Enumerable.Range(0, 80).Select(i => $$"""{"id":"s{{i}}","type":"Elsa.Sequence","version":1,"activities":["""));
        Problem(Definition(nested + string.Concat(Enumerable.Repeat("]}", 80)))).Code.Should().Be("depth");
    }

    [Fact]
    public void A_script_that_does_not_parse_is_refused_with_its_line()
    {
        var problem = Problem(Definition(Sequence(Script("a", "var x = 1;\nvar y = (2;"))));
        problem.Should().BeEquivalentTo(new { Code = "javascript", NodeId = "Workflow1:s:a", Path = "$.root.activities[0].text" });
        problem.Message.Should().Contain("rad 2");
    }

    [Theory]
    [InlineData("async () => 1", "async")]
    [InlineData("(function* () { yield 1; })", "generatorfunktioner")]
    [InlineData("import('fs')", "import")]
    [InlineData("10n ** 10n", "BigInt")]
    [InlineData("var { a, ...rest } = b", "resten")]
    [InlineData("a ?? ", "slutar mitt i")]
    [InlineData("`hej", "`")]
    public void Javascript_that_is_not_to_be_had_is_refused_in_plain_words(string script, string mention) => Problem(Definition(Sequence(Script("a", script)))).Message.Should().Contain(mention);

    [Theory]
    [InlineData("BadCronExpression")]
    [InlineData("0 0 8 1 * MON")]
    [InlineData("0 0 99 * * *")]
    public void A_cron_expression_that_means_nothing_is_refused(string cron) => Problem(Definition(Sequence(Activity("c", "Elsa.Cron", Literal("cronExpression", cron))))).Code.Should().Be("cron");

    [Fact]
    public void A_field_that_must_be_filled_in_is_named()
    {
        var problem = Problem(Definition(Sequence(Activity("j", "Test.Job"))));
        problem.Code.Should().Be("required");
        problem.Message.Should().Contain("Till");
    }

    [Fact]
    public void Every_problem_is_told_not_only_the_first() =>
        WorkflowGraph.Check(Definition(Sequence(Activity("x", "Acme.Gone"), Script("a", "("), Activity("n", "Elsa.For", Literal("start", "tre")))), Registry).Should().HaveCount(4, "the count has no end either");

    [Fact]
    public void A_loop_that_never_ends_is_stopped_as_an_incident()
    {
        var run = Run.Start(Definition(Flowchart(Activity("st", "Elsa.Start") + "," + Line("a") + "," + Line("b"), "st>a", "a>b", "b>a")),
            environment: new Execution.BurstEnvironment { Now = Now, Limits = new Execution.ExecutionLimits { MaxActivities = 1000 } });
        run.State.Incidents.Should().ContainSingle().Which.Message.Should().Contain("slinga");
    }

    private static DefinitionProblem Problem(WorkflowDefinition definition) => WorkflowGraph.Check(definition, Registry).Should().ContainSingle().Subject;
}
