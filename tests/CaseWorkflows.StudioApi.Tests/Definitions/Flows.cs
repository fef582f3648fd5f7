using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Routines with one thing wrong in how their steps hang together.</summary>
internal static class Flows
{
    public static JsonObject UnconnectedOutcome() => Gate.Around(Gate.Step("CaseWorkflows.AwaitResident", "Välj", ("days", "5")), "Svar");

    public static JsonObject UnknownOutcome() => Gate.Around(Settings.Task(), "Klar", "Vidare");

    public static JsonObject RepeatedOutcome() => Gate.Around(Gate.Step("CaseWorkflows.HumanTask", "Fördela", ("title", "Fördela"), ("outcomes", "[\"Klar\",\"Klar\"]"), ("roles", "[\"arendemottagare\"]")), "Klar");

    public static JsonObject Unreachable() => Of([Start(), Line("a", "Ett"), Line("ensam", "Ensam")], ("start", "a"));

    public static JsonObject NotReachedFromTheTrigger() => Of([Line("ensam", "Ensam"), Settings.Trigger(Routines.Event("h", "Kom")), Line("a", "Ett")], ("h", "a"), ("ensam", "a"));

    public static JsonObject Endless() => Of([Start(), Line("a", "Ett"), Line("b", "Två")], ("start", "a"), ("a", "b"), ("b", "a"));

    public static JsonObject JoinThatHangs() => Join("CaseWorkflows.AwaitResident", ["Svar", "Tid ute"], ("days", "5"));

    public static JsonObject LooseArrow() => Of([Start(), Line("a", "Ett")], ("start", "a"), ("a", "borta"));

    public static JsonObject ArrowBackPastItsTarget() => With(
        [Start(), Decision("v", "Välj"), Line("a", "Ett"), Decision("b", "Två"), Routines.Step("slut", "Elsa.End")],
        ("start", "Done", "v"), ("v", "True", "a"), ("v", "False", "b"), ("a", "Done", "b"), ("b", "True", "a"), ("b", "False", "slut"));

    public static JsonObject SameIds() => Of([Start(), Line("a", "Ett"), Line("a", "Två")], ("start", "a"));

    public static JsonObject EmptyFlow() => Of([]);

    public static JsonObject EmptySequence() => Of([Start(), Routines.Step("s", "Elsa.Sequence").Named("Delflöde")], ("start", "s"));

    public static JsonObject UnknownStep() => Of([Start(), Routines.Step("a", "Acme.Borta").Named("Ett")], ("start", "a"));

    public static JsonObject UnknownRoot()
    {
        var model = Of([Start(), Line("a", "Ett")], ("start", "a"));
        model["root"]!["type"] = "Elsa.StateMachine";
        return model;
    }

    public static JsonObject StartsItself() => Gate.Around(Gate.Step("Elsa.DispatchWorkflow", "Börja om", ("workflowDefinitionId", "rutin")), "Done");

    public static JsonObject RepeatsForEver()
    {
        var loop = Gate.Step("Elsa.While", "Om och om", ("condition", "js:true"));
        loop["body"] = Gate.Step("Elsa.Delay", "Ingen tid", ("timeSpan", "00:00:00")).WithId("ingen");
        return Gate.Around(loop, "Done");
    }

    public static JsonObject RunsRound() => With(
        [Start(), Line("a", "Ett"), Decision("b", "Igen?"), Routines.Step("slut", "Elsa.End")],
        ("start", "Done", "a"), ("a", "Done", "b"), ("b", "True", "a"), ("b", "False", "slut"));

    /// <summary>Two branches that meet; a task in one of them may be done again.</summary>
    public static JsonObject LoopIntoABranch() => Branches(("uppgift", "Igen", "uppgift"), ("uppgift", "Klar", "samla"));

    public static JsonObject WaitAnyAfterALoop()
    {
        var model = LoopIntoABranch();
        model["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "samla")!["mode"] = Routines.Literal("WaitAny");
        return model;
    }

    /// <summary>The join and the step after it stand in a round.</summary>
    public static JsonObject StepAfterAJoinReachedTwice() => Branches(("uppgift", "Igen", "samla"), ("uppgift", "Klar", "samla"), ("slutet", "Done", "dela"));

    public static JsonObject BranchThatDies()
    {
        var model = Branches(("uppgift", "Igen", "slutet"), ("uppgift", "Klar", "samla"));
        model["customProperties"] = new JsonObject { ["flowMode"] = "Token" };
        return model;
    }

    public static JsonObject NoticeOfTheText() => Gate.Around(
        Gate.Step("CaseWorkflows.StaffNotice", "Säg till", ("roles", "[\"arendemottagare\"]"), ("text", "js:'Hej ' + arende.text")), "Skickat", "Ingen kanal");

    private static JsonObject Branches(params (string, string, string)[] arrows)
    {
        var fork = Gate.Step("Elsa.FlowFork", "Dela", ("branches", "[\"A\",\"B\"]")).WithId("dela");
        var task = Gate.Step("CaseWorkflows.HumanTask", "Uppgift", ("title", "Uppgift"), ("outcomes", "[\"Klar\",\"Igen\"]"), ("roles", "[\"arendemottagare\"]")).WithId("uppgift");
        var join = Gate.Step("Elsa.FlowJoin", "Samla", ("mode", "WaitAll")).WithId("samla");
        return With([Start(), fork, task, Line("b", "Två"), join, Line("slutet", "Sist")],
            [("start", "Done", "dela"), ("dela", "A", "uppgift"), ("dela", "B", "b"), ("b", "Done", "samla"), ("samla", "Done", "slutet"), .. arrows]);
    }

    public static JsonObject NoName()
    {
        var model = Of([Start(), Line("a", "Ett")], ("start", "a"));
        model["name"] = " ";
        return model;
    }

    public static JsonObject TwoVariablesOfOneName()
    {
        var model = Of([Start(), Line("a", "Ett")], ("start", "a"));
        foreach (var id in new[] { "v1", "v2" }) model["variables"]!.AsArray().Add(new JsonObject { ["id"] = id, ["name"] = "svar", ["typeName"] = "Object" });
        return model;
    }

    /// <summary>A step with two ways that meet again in a join that waits for both.</summary>
    internal static JsonObject Join(string type, string[] ways, params (string, string)[] inputs)
    {
        var step = Gate.Step(type, "Välj", inputs);
        return With([Start(), step, Line("a", "Ett"), Line("b", "Två"), Gate.Step("Elsa.FlowJoin", "Samla", ("mode", "WaitAll")).WithId("join")],
            ("start", "Done", "steg"), ("steg", ways[0], "a"), ("steg", ways[1], "b"), ("a", "Done", "join"), ("b", "Done", "join"));
    }

    internal static JsonObject Of(JsonArray steps, params (string From, string To)[] arrows) => With(steps, [.. arrows.Select(a => (a.From, "Done", a.To))]);

    internal static JsonObject With(JsonArray steps, params (string From, string Port, string To)[] arrows)
    {
        var model = Routines.Of("rutin", "Rutin", steps, new JsonArray([.. arrows.Select(a => (JsonNode)Routines.Arrow(a.From, a.Port, a.To))]));
        model["root"]!["name"] = "Flöde";
        return model;
    }

    internal static JsonObject Start() => Routines.Step("start", "Elsa.Start").Named("Början");

    internal static JsonObject Line(string id, string label) => Routines.WriteLine(id, "x").Named(label);

    internal static JsonObject Decision(string id, string label) => Gate.Step("Elsa.FlowDecision", label, ("condition", "js:true")).WithId(id);

    internal static JsonObject WithId(this JsonObject step, string id)
    {
        step["id"] = id;
        step["name"] = id;
        return step;
    }
}
