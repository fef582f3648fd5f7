using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>What an incident says is Swedish, whoever threw.</summary>
public sealed partial class FaultTextTests
{
    private static readonly string[] Types =
        ["Int32", "Int64", "Double", "Decimal", "Boolean", "DateTimeOffset", "DateTime", "TimeSpan", "Guid"];

    private static readonly string[] Values =
        ["'tolv'", "'12,x'", "({ a: 1 })", "[1, 2]", "'2026-13-45'", "1e300", "'99999999999999999999'", "true", "new Date()", "'å'", "-1.5", "NaN", "'[1'", "'{\"a\"'"];

    public static TheoryData<string> Throwing => [.. Throws.Deeds.Keys];

    [Fact]
    public void A_value_that_fits_no_variable_is_told_with_its_name_and_kind_in_Swedish()
    {
        foreach (var type in Types)
        {
            var variables = $$"""[{"id":"v1","name":"antal","typeName":"{{type}}","value":null}]""";
            foreach (var value in Values)
            {
                var step = Activity("a", "Elsa.SetVariable", "\"variable\":{\"id\":\"v1\",\"name\":\"antal\",\"typeName\":\"Object\"}," + JavaScript("value", value));
                Look(Run.Start(Sequence(step), variables).State, "antal", $"{value} into {type}");
                Look(Run.Start(Sequence(Activity("a", "Elsa.RunJavaScript", JavaScript("script", $"setVariable('antal', {value})"))), variables).State, "antal", $"{value} into {type} by script");
            }
        }
    }

    [Fact]
    public void Tolv_into_an_Int32_names_the_variable_the_value_and_both_kinds()
    {
        var step = Activity("a", "Elsa.SetVariable", "\"variable\":{\"id\":\"v1\",\"name\":\"antal\",\"typeName\":\"Int32\"}," + JavaScript("value", "'tolv'"));
        var incident = Run.Start(Sequence(step), """[{"id":"v1","name":"antal","typeName":"Int32","value":"1"}]""").State.Incidents.Single();
        incident.Message.Should().Contain("antal").And.Contain("”tolv” (text) är inte ett heltal");
    }

    [Fact]
    public void An_input_that_cannot_become_its_kind_is_told_with_its_shown_name()
    {
        foreach (var value in Values)
        {
            Look(Run.Start(Sequence(Activity("d", "Elsa.Delay", Wrapped("timeSpan", "TimeSpan", "JavaScript", value)))).State, "Fältet", $"{value} as a delay");
            Look(Run.Start(Sequence(Activity("i", "Elsa.If", Wrapped("condition", "Boolean", "JavaScript", value)))).State, "Fältet", $"{value} as a condition");
        }
    }

    [Theory]
    [MemberData(nameof(Throwing))]
    public void What_the_framework_throws_is_told_in_Swedish(string what)
    {
        var definition = Definition(Sequence(Activity("t", "Test.Throws", Literal("what", what))));
        var graph = WorkflowGraph.Compile(definition, ActivityRegistry.CreateDefault().Register<Throws>(), new CompileOptions { Strict = false });
        var state = Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), new BurstEnvironment { Now = Now }).State;
        state.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        Look(state, "Steget kunde inte utföras", what);
    }

    [Fact]
    public void What_a_module_throws_is_told_as_it_is()
    {
        FaultText.Of(Caught(() => throw new InvalidOperationException("Mottagaren svarar inte."))).Should().Be("Mottagaren svarar inte.");
        FaultText.Of(Caught(() => ArgumentNullException.ThrowIfNull((object?)null))).Should().Contain("ArgumentNullException").And.NotContain("cannot be null");
    }

    private static void Look(WorkflowState state, string names, string because)
    {
        foreach (var incident in state.Incidents)
        {
            incident.Message.Should().Contain(names, because);
            English().IsMatch(incident.Message).Should().BeFalse("{0}: {1}", because, incident.Message);
        }
    }

    private static string Wrapped(string name, string type, string syntax, string value) =>
        $"\"{name}\":" + new JsonObject { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = syntax, ["value"] = value } }.ToJsonString();

    private static Exception Caught(Action deed)
    {
        try
        {
            deed();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("It did not throw.");
    }

    [GeneratedRegex(@"\b(the|was|were|not|is|of|string|input|correct|format|object|cannot|must|value|key|null|index|sequence|instance|could|parameter|and|JSON value)\b", RegexOptions.IgnoreCase)]
    private static partial Regex English();

    /// <summary>A step in which the framework throws.</summary>
    [Activity(Namespace = "Test", Name = "Throws", DisplayName = "Kastar")]
    public sealed class Throws : CodeActivity
    {
        internal static readonly Dictionary<string, Action> Deeds = new()
        {
            ["parse"] = () => _ = int.Parse("tolv", CultureInfo.InvariantCulture),
            ["date"] = () => _ = DateTime.Parse("tolv", CultureInfo.InvariantCulture),
            ["guid"] = () => _ = Guid.Parse("tolv"),
            ["enum"] = () => _ = Enum.Parse<DayOfWeek>("tolv"),
            ["key"] = () => _ = new Dictionary<string, int>()["tolv"],
            ["first"] = () => _ = Array.Empty<int>().First(),
            ["single"] = () => _ = new[] { 1, 2 }.Single(),
            ["list"] = () => _ = new List<int>()[3],
            ["json"] = () => _ = JsonNode.Parse("{"),
            ["null"] = () => ArgumentNullException.ThrowIfNull((object?)null),
            ["range"] = () => _ = "abc".Substring(5),
            ["cast"] = () => _ = Convert.ToInt32(new object(), CultureInfo.InvariantCulture),
            ["file"] = () => _ = File.ReadAllText("/finns/inte"),
            ["overflow"] = () => _ = DateTimeOffset.MaxValue.AddDays(1),
            ["disposed"] = () => new MemoryStream([], false).WriteByte(1),
            ["cancelled"] = () => new CancellationToken(true).ThrowIfCancellationRequested(),
        };

        [Input(DisplayName = "Vad")]
        public Input<string>? What { get; set; }

        protected override void Execute(ActivityExecutionContext c) => Deeds[c.Get(What)!]();
    }
}
