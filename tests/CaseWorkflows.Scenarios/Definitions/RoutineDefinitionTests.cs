using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Scenarios.Definitions;

/// <summary>What holds for every routine in the repository, whoever changed it.</summary>
public sealed partial class RoutineDefinitionTests
{
    public static TheoryData<string> Files => new(RoutineFiles.All());

    [Theory, MemberData(nameof(Files))]
    public void Compiles(string file)
    {
        var registry = new ActivityRegistry();
        registry.RegisterAssembly(typeof(Activity).Assembly);
        registry.RegisterAssembly(typeof(HumanTask).Assembly);
        var compile = () => WorkflowGraph.Compile(WorkflowDefinition.Parse(RoutineFiles.Text(file)), registry);
        try
        {
            compile();
        }
        catch (DefinitionException e)
        {
            Assert.Fail(string.Join('\n', e.Problems.Select(p => $"{p.Path}: {p.Message}")));
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_outcome_of_every_human_task_leads_somewhere(string file)
    {
        foreach (var flow in RoutineFiles.Flowcharts(JsonNode.Parse(RoutineFiles.Text(file))))
        {
            var connected = Connections(flow).Select(c => (c.From, c.Port)).ToHashSet();
            foreach (var task in Steps(flow).Where(s => s["type"]!.ToString() is "CaseWorkflows.HumanTask" or "CaseWorkflows.ExternalEvidence"))
            {
                foreach (var outcome in JsonNode.Parse(task["outcomes"]!["expression"]!["value"]!.ToString())!.AsArray())
                {
                    connected.Should().Contain((task["id"]!.ToString(), outcome!.ToString()), $"{file}: {task["metadata"]!["displayText"]}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_step_has_a_name_and_a_place_of_its_own(string file)
    {
        foreach (var flow in RoutineFiles.Flowcharts(JsonNode.Parse(RoutineFiles.Text(file))))
        {
            var boxes = Steps(flow).Select(s =>
            {
                s["metadata"]!["displayText"]!.ToString().Should().NotBeNullOrWhiteSpace();
                var place = s["metadata"]!["designer"]!;
                return (X: place["position"]!["x"]!.GetValue<double>(), Y: place["position"]!["y"]!.GetValue<double>(), W: 150d, H: 40d);   // the designer measures sizes itself; no step is smaller
            }).ToList();
            for (var i = 0; i < boxes.Count; i++)
                for (var j = i + 1; j < boxes.Count; j++)
                    (boxes[i].X < boxes[j].X + boxes[j].W && boxes[j].X < boxes[i].X + boxes[i].W && boxes[i].Y < boxes[j].Y + boxes[j].H && boxes[j].Y < boxes[i].Y + boxes[i].H)
                        .Should().BeFalse($"{file}: two steps lie on each other");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Rules_that_steps_name_exist(string file)
    {
        var rules = File.ReadAllText(Path.Combine(RoutineFiles.Root, "docs", "domain", "RULES.md"));
        var named = RoutineFiles.Flowcharts(JsonNode.Parse(RoutineFiles.Text(file))).SelectMany(Steps)
            .SelectMany(s => RuleId().Matches(s["metadata"]!["description"]?.ToString() ?? "")).Select(m => m.Value).Distinct().ToList();
        named.Should().NotBeEmpty();
        named.Should().OnlyContain(id => rules.Contains($"### {id} ", StringComparison.Ordinal) || rules.Contains($"| {id} |", StringComparison.Ordinal));
    }

    [Fact]
    public void Oncology_and_complaint_steps_cover_their_rules()
    {
        var named = RoutineFiles.All().SelectMany(f => RuleId().Matches(RoutineFiles.Text(f))).Select(m => m.Value).ToHashSet();
        var carried = Enumerable.Range(2, 3).Concat(Enumerable.Range(8, 5)).Concat(Enumerable.Range(14, 23)).Where(n => n is not 13).Select(n => $"ONK-{n:00}")
            .Concat(["ROLL-02", "ROLL-03", "ROLL-04", "ROLL-06", "ROLL-07", "ROLL-16", "ROLL-17", "ROLL-18", "ROLL-19", "ROLL-20", "ROLL-21"]);
        carried.Should().BeSubsetOf(named);
    }

    private static IEnumerable<JsonObject> Steps(JsonObject flow) => flow["activities"]!.AsArray().Select(a => a!.AsObject());

    private static IEnumerable<(string From, string Port, string To)> Connections(JsonObject flow) =>
        flow["connections"]!.AsArray().Select(c => (c!["source"]!["activity"]!.ToString(), c["source"]!["port"]!.ToString(), c["target"]!["activity"]!.ToString()));

    [GeneratedRegex(@"\b(?:ONK|ROLL|BUP|X)-\d{2}\b")]
    private static partial Regex RuleId();
}
