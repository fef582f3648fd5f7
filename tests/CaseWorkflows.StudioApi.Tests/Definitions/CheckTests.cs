using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>The publish gate's sentences, one fault at a time.</summary>
public sealed class CheckTests
{
    private static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().Register<TestLetter>().Register<TestDanger>();

    [Fact]
    public async Task A_sound_routine_passes() => (await RunAsync(Routines.Line("a", "A"))).Should().BeEmpty();

    [Fact]
    public async Task An_outcome_that_leads_nowhere()
    {
        var model = Routines.Of("a", "A", [Routines.Step("start", "Elsa.Start"), Letter("b").Named("Fördela ärende"), Routines.Step("end", "Elsa.End")],
            [Routines.Arrow("start", "Done", "b"), Routines.Arrow("b", "Skickat", "end")]);
        await OneAsync(model, "unconnected-outcome", "Steget ’Fördela ärende’ har utfallet ’Retur’ som inte leder någonstans.");
    }

    [Fact]
    public async Task A_choice_that_otherwise_does_nothing_is_only_a_warning()
    {
        var decision = Routines.Step("val", "Elsa.FlowDecision").Named("Brådskande?");
        decision["condition"] = Routines.Expression("JavaScript", "true");
        var model = Routines.Of("a", "A", [Routines.Step("start", "Elsa.Start"), decision, Routines.Step("end", "Elsa.End")],
            [Routines.Arrow("start", "Done", "val"), Routines.Arrow("val", "True", "end")]);
        (await RunAsync(model)).Should().ContainSingle().Which.Severity.Should().Be(FindingSeverity.Warning);
    }

    [Fact]
    public async Task A_step_that_is_never_reached()
    {
        var model = Routines.Line("a", "A");
        model["root"]!["activities"]!.AsArray().Add(Routines.WriteLine("ensam", "x").Named("Ensam"));
        await OneAsync(model, "unreachable", "Steget ’Ensam’ nås aldrig: ingen väg leder dit från början av flödet.");
    }

    [Fact]
    public async Task A_loop_without_a_way_out()
    {
        var model = Routines.Of("a", "A", [Routines.Step("start", "Elsa.Start"), Routines.WriteLine("b", "x").Named("Ett"), Routines.WriteLine("c", "x").Named("Två")],
            [Routines.Arrow("start", "Done", "b"), Routines.Arrow("b", "Done", "c"), Routines.Arrow("c", "Done", "b")]);
        var found = await RunAsync(model);
        found.Should().ContainSingle(f => f.Code == "endless").Which.Message.Should().Contain("’Ett’").And.Contain("’Två’").And.Contain("slinga");
    }

    [Fact]
    public async Task A_join_behind_a_choice()
    {
        var join = Routines.Step("join", "Elsa.FlowJoin").Named("Samla");
        join["mode"] = new JsonObject { ["typeName"] = "FlowJoinMode", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "WaitAll" } };
        var model = Routines.Of("a", "A",
            [Routines.Step("start", "Elsa.Start"), Letter("val").Named("Välj"), Routines.WriteLine("b", "x"), Routines.WriteLine("c", "x"), join, Routines.Step("end", "Elsa.End")],
            [Routines.Arrow("start", "Done", "val"), Routines.Arrow("val", "Skickat", "b"), Routines.Arrow("val", "Retur", "c"), Routines.Arrow("b", "Done", "join"), Routines.Arrow("c", "Done", "join"), Routines.Arrow("join", "Done", "end")]);
        await OneAsync(model, "join-hangs", "Steget ’Samla’ väntar in alla sina vägar, men valet ’Välj’ följer bara en av dem. Då kan flödet bli stående.");
    }

    [Fact]
    public async Task A_join_behind_a_fork_is_what_joins_are_for()
    {
        var join = Routines.Step("join", "Elsa.FlowJoin");
        join["mode"] = Routines.Literal("WaitAll");
        var fork = Routines.Step("fork", "Elsa.FlowFork");
        fork["branches"] = new JsonObject { ["typeName"] = "List<String>", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = "[\"A\",\"B\"]" } };
        var model = Routines.Of("a", "A",
            [Routines.Step("start", "Elsa.Start"), fork, Routines.WriteLine("b", "x"), Routines.WriteLine("c", "x"), join, Routines.Step("end", "Elsa.End")],
            [Routines.Arrow("start", "Done", "fork"), Routines.Arrow("fork", "A", "b"), Routines.Arrow("fork", "B", "c"), Routines.Arrow("b", "Done", "join"), Routines.Arrow("c", "Done", "join"), Routines.Arrow("join", "Done", "end")]);
        (await RunAsync(model)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Acme.Borta", 1, "unknown-activity", "som inte finns här")]
    [InlineData("Elsa.WriteLine", 9, "unknown-activity", "version 9")]
    public async Task An_unknown_step(string type, int version, string code, string says)
    {
        var model = Routines.Line("a", "A");
        model["root"]!["activities"]![1]!["type"] = type;
        model["root"]!["activities"]![1]!["version"] = version;
        (await RunAsync(model)).Should().Contain(f => f.Code == code && f.Message.Contains(says) && f.Step == "line1");
    }

    [Fact]
    public async Task A_root_that_does_not_run_here()
    {
        var model = Routines.Line("a", "A");
        model["root"]!["type"] = "Elsa.StateMachine";
        (await RunAsync(model)).Should().Contain(f => f.Code == "unknown-root");
    }

    [Fact]
    public async Task A_role_that_nobody_knows()
    {
        var letter = Letter("b").Named("Brev");
        letter["recipient"] = Routines.Literal("trollkarl");
        await OneAsync(Between(letter), "unknown-value", "Steget ’Brev’ anger rollen ’trollkarl’ i ’Mottagare’, men den finns inte. Välj en som finns i listan.");
        letter["recipient"] = Routines.Literal("lakare");
        (await RunAsync(Between(letter))).Should().BeEmpty();
    }

    [Fact]
    public async Task A_variable_that_does_not_exist()
    {
        var line = Routines.Step("b", "Elsa.WriteLine").Named("Rad");
        line["text"] = Routines.Expression("Variable", """{"id":"borta","name":"Borta","typeName":"String"}""");
        (await RunAsync(Between(line, "Done"))).Should().Contain(f => f.Code == "unknown-variable" && f.Message.Contains("’Borta’"));

        var letter = Letter("b").Named("Brev");
        letter["letterId"] = new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "ingen" } };
        (await RunAsync(Between(letter))).Should().Contain(f => f.Code == "unknown-variable" && f.Message.Contains("sparar"));
    }

    [Fact]
    public async Task An_expression_that_does_not_parse()
    {
        var line = Routines.Step("b", "Elsa.WriteLine").Named("Räkna");
        line["text"] = Routines.Expression("JavaScript", "1 +* 2");
        (await RunAsync(Between(line, "Done"))).Should().Contain(f => f.Severity == FindingSeverity.Error && f.Message.Contains("Räkna"));
    }

    [Fact]
    public async Task Everything_is_told_at_once_errors_first()
    {
        var letter = Letter("b").Named("Brev");
        letter["recipient"] = Routines.Literal("trollkarl");
        var model = Routines.Of("a", "A", [Routines.Step("start", "Elsa.Start"), letter, Routines.WriteLine("c", "x")], [Routines.Arrow("start", "Done", "b"), Routines.Arrow("b", "Retur", "start")]);
        (await RunAsync(model)).Select(f => f.Code).Distinct().Should().Contain(["unconnected-outcome", "unknown-value", "unreachable"]);
    }

    private static JsonObject Letter(string id) => Routines.Step(id, "Acme.TestLetter");

    private static JsonObject Between(JsonObject step, params string[] outcomes)
    {
        var ways = outcomes.Length == 0 ? ["Skickat", "Retur"] : outcomes;
        return Routines.Of("a", "A", [Routines.Step("start", "Elsa.Start"), (JsonObject)step.DeepClone(), Routines.Step("end", "Elsa.End")],
            [Routines.Arrow("start", "Done", "b"), .. ways.Select(w => Routines.Arrow("b", w, "end"))]);
    }

    private static async Task OneAsync(JsonObject model, string code, string message)
    {
        var found = await RunAsync(model);
        found.Should().ContainSingle(f => f.Code == code).Which.Message.Should().Be(message);
    }

    private static Task<IReadOnlyList<Finding>> RunAsync(JsonObject model) =>
        new DefinitionCheck(Registry, new Vocabulary()).RunAsync(model, () => Task.FromResult(WorkflowGraph.Compile(WorkflowDefinition.FromJson((JsonObject)model.DeepClone()), Registry)));

    private sealed class Vocabulary : ICheckVocabulary
    {
        public IReadOnlySet<string>? ValuesOf(string provider) => provider == "roles" ? new HashSet<string> { "lakare", "Läkare" } : null;
    }
}
