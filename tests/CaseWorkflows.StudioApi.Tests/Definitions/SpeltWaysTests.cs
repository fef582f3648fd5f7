using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>S-7: a way decided by whole values tells no more than is written down; one decided by pieces of them spells.</summary>
public sealed class SpeltWaysTests
{
    [Theory]
    [InlineData("arende.typkod === 'klagomal'")]
    [InlineData("arende.team > 2 && arende.prioritet + 1 < 4")]
    [InlineData("arende.avslutat === null")]
    [InlineData("arende.falt.önskemål === 'Avboka'")]
    [InlineData("arende.falt['önskemål'] !== \"Avboka\" || !arende.amne")]
    [InlineData("arende.text.includes('akut') || arende.text.toLowerCase().startsWith('hej')")]
    [InlineData("'Besvara: ' + arende.amne + ' (' + arende.team + ')' === 'Besvara: hej (3)'")]
    [InlineData("`${arende.team}: ${arende.amne}` === '3: hej'")]
    [InlineData("getSvar().falt.svarstyp === 'Delsvar'")]
    [InlineData("String(getSvar().falt.team) === '3'")]
    [InlineData("harRoll('arendemottagare', getSvar().falt.enhet)")]
    [InlineData("enhetMed(getSvar().falt.enhet).typ === 'mottagning'")]
    [InlineData("getI() > 3 && getI() + 1 !== 7")]
    [InlineData("(getX() || 'a') === 'b'")]
    [InlineData("var n = 0; for (var i = 0; i < 3; i++) n += arende.team; return n > 4;")]
    [InlineData("arbetsdagar(arende.inkommet, nu) > 2")]
    public void S_7_whole_values_may_decide(string script) => Spells(script).Should().BeFalse();

    [Theory]
    [InlineData("arende.text.charAt(0) === 'a'")]
    [InlineData("arende.text[0] === 'a'")]
    [InlineData("arende.text['0'] === 'a'")]
    [InlineData("arende.text > 'm'")]
    [InlineData("'m' <= arende.amne")]
    [InlineData("arende.text.length > 5")]
    [InlineData("arende.text === getI()")]
    [InlineData("arende.text.includes(getI())")]
    [InlineData("arende.text.startsWith('a' + getI())")]
    [InlineData("arende.invanare.fodelsedatum === plusDagar('1950-01-01', getI())")]
    [InlineData("plusDagar(arende.invanare.fodelsedatum, getI()) === '2000-01-01'")]
    [InlineData("arende.invanare.fodelsedatum.substring(0, 4) === '1950'")]
    [InlineData("arende['te' + 'xt'][0] === 'a'")]
    [InlineData("ar\\u0065nde.text[1] === 'a'")]
    [InlineData("this['arende'].text[0] === 'a'")]
    [InlineData("globalThis.arende.text[0] === 'a'")]
    [InlineData("const t = arende.text; return t[0] === 'a';")]
    [InlineData("[...arende.text][0] === 'a'")]
    [InlineData("`${arende.text}`[0] === 'a'")]
    [InlineData("('x' + arende.text)[1] === 'a'")]
    [InlineData("arende.falt.tal + getI() === 10")]
    [InlineData("arende.text.includes('ab')")]
    [InlineData("arende.text.endsWith('e c')")]
    [InlineData("arende.invanare.personnummer.startsWith('1950')")]
    [InlineData("['akut', 'a'].some(w => arende.text.includes(w))")]
    [InlineData("/^a/.test(arende.text)")]
    [InlineData("arende.text.split('')[1] === 'a'")]
    [InlineData("{ abc: 1 }[arende.text]")]
    [InlineData("(x => x[0] === 'a')(arende.text)")]
    [InlineData("JSON.stringify(arende)[40] === 'a'")]
    [InlineData("getSvar().falt.svarstext.charAt(2) === 'a'")]
    [InlineData("getSvar()['falt']['svarstext'][getI()] === 'a'")]
    [InlineData("getVariable(getI())[0] === 'a'")]
    [InlineData("variables[getI()][0] === 'a'")]
    [InlineData("arende.text[")]
    [InlineData("var arende; return arende.text[0] === 'a';")]
    [InlineData("var c = arende.text[0]; arende = 1; return c === 'a';")]
    [InlineData("String = function (t) { return t[getI()]; }; return String(arende.text) === 'a';")]
    [InlineData("var { String } = { String: function (t) { return t[getI()]; } }; return String(arende.text) === 'a';")]
    [InlineData("harRoll = t => t[getI()]; return harRoll(arende.text) === 'a';")]
    [InlineData("[...arende.text].length === 3")]
    [InlineData("String(...arende.text) === 'a'")]
    [InlineData("var y, k = getI(); function f(a) { y = a[k]; return 1; } var t = f(arende.text); return y === 'a';")]
    [InlineData("var y, k = getI(); function F(a) { y = a[k]; } var t = new F(arende.text); return y === 'a';")]
    [InlineData("var y, k = getI(), o = { set q(v) { y = v[k]; } }; o.q = arende.text; return y === 'a';")]
    [InlineData("var y, k = getI(), o = new Proxy({}, { set(t, n, v) { y = v[k]; return true; } }); o.q = arende.text; return y === 'a';")]
    [InlineData("var y, k = getI(), t = arende.text instanceof { [Symbol.hasInstance](v) { y = v[k]; } }; return y === 'a';")]
    [InlineData("var y, k = getI(); function f(a) { y = a[k]; } var t = { [f(arende.text)]: 1 }; return y === 'a';")]
    [InlineData("var y, k = getI(); function f(a, ...b) { y = b[0][k]; } f`${arende.text}`; return y === 'a';")]
    [InlineData("var y; try { throw arende.text; } catch (e) { y = e[getI()]; } return y === 'a';")]
    [InlineData("var y; class C { static { y = arende.text; } } return y.at(getI()) === 'a';")]
    [InlineData("var y = false; for (var i = 0; i < 9000; i++) if (arende.text === 'x' + i) y = true; return y;")]
    [InlineData("function same(w) { return arende.text === w; } return same('a') || same('b');")]
    [InlineData("var y = 0; function f(w) { if (arende.text.includes('akut')) y++; } f(); return y === 1;")]
    [InlineData("var y = ''; while (y !== arende.text) y += 'a'; return y === 'aa';")]
    public void S_7_pieces_of_them_spell(string script) => Spells(script).Should().BeTrue();

    [Theory]
    [InlineData("getSvar().falt.enheter.length > 1", false)]
    [InlineData("getSvar().falt.enheter.filter(function (e) { return e !== getI(); }).length === 0", false)]
    [InlineData("var f = getSvar().falt; return f.enheter.indexOf(f.val) >= 0;", false)]
    [InlineData("getSvar().falt.anteckning[0] === 'a'", true)]
    [InlineData("getSvar().falt.anteckning.indexOf(getI()) >= 0", true)]
    [InlineData("var f = getSvar().falt; return f.anteckning[0] === 'a';", true)]
    [InlineData("var f; for (var i = 0; i < 2; i++) { if (f && f[0] === 'a') return true; f = arende.text; }", true)]
    [InlineData("(function (t) { return t[0] === 'a'; })(arende.text)", true)]
    [InlineData("function f(t) { return t[0]; } return f(arende.text) === 'a';", true)]
    [InlineData("var read = getSvar; return read().falt.anteckning[0] === 'a';", true)]
    [InlineData("var { text } = arende; return text === 'a';", true)]
    [InlineData("({ val: arende.text }).val[0] === 'a'", true)]
    [InlineData("getSvar().falt[['anteckning'][0]][0] === 'a'", true)]
    [InlineData("getSvar().falt.rader[0].blandat[0] === 'a'", true)]
    [InlineData("var f = getSvar().falt; f.__proto__ = { val: 1 }; return f.val[getI()] === 'a';", true)]
    [InlineData("var f = getSvar().falt; f['__pro' + 'to__'] = [].constructor.prototype; return f.val[getI()] === 'a';", true)]
    public void S_7_of_an_answer_what_was_chosen_may_decide_and_what_was_written_as_a_whole(string script, bool spells)
    {
        Spells(script, Task()).Should().Be(spells);
        // Handed over by another run it may be made up, with texts where choices stand.
        Spells(script.Replace("getSvar", "getInput", StringComparison.Ordinal).Replace("getInput()", "getInput('svar')", StringComparison.Ordinal), Task()).Should().BeTrue();
        Spells(Undeclared(Graph(script, Task()))).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"type":"Variable","value":{"id":"x","name":"X"}}""", "({ text: arende.text })")]
    [InlineData("""{"type":"Variable","value":{"id":"x"}}""", "({ text: arende.text })")]
    [InlineData("""{"type":"Variable","value":{"name":"X"}}""", "({ text: arende.text })")]
    [InlineData("""{"type":"Input","value":{"name":"Indata"}}""", "1")]
    [InlineData("""{"type":"JavaScript","value":"getX()"}""", "({ text: arende.text })")]
    public void S_7_a_copy_of_what_was_written_is_no_answer_by_whatever_way_it_was_copied(string copy, string written)
    {
        var (first, second) = (Routines.Step("forst", "Elsa.SetVariable"), Routines.Step("sedan", "Elsa.SetVariable"));
        (first["variable"], second["variable"]) = (new JsonObject { ["id"] = "x", ["name"] = "X" }, new JsonObject { ["id"] = "y", ["name"] = "Y" });
        first["value"] = Routines.Expression("JavaScript", written);
        second["value"] = new JsonObject { ["typeName"] = "Object", ["expression"] = JsonNode.Parse(copy) };
        var task = Task();
        task["form"] = Routines.Expression("Object", """[{"key":"text","label":"Text","type":"choice","options":["a"]}]""");
        Spells("getY().text[getI()] === 'a'", first, second, task).Should().BeTrue();
    }

    [Fact]
    public void S_7_a_task_s_choices_are_none_when_they_are_laid_out_with_what_was_written_or_when_a_resident_gave_them()
    {
        const string way = "getSvar().falt.val[getI()] === 'a'";
        var task = Task();
        Spells(way, task).Should().BeFalse();
        task["formAdjustments"] = Routines.Expression("JavaScript", "({ val: { options: ['A', 'B'] } })");
        Spells(way, task).Should().BeFalse();
        task["formAdjustments"] = Routines.Expression("JavaScript", "({ val: { options: [arende.text], value: arende.text } })");
        Spells(way, task).Should().BeTrue();

        foreach (var (type, output) in new[] { ("CaseWorkflows.AwaitResident", "reply"), ("Elsa.Event", "result"), ("Elsa.ExecuteWorkflow", "result") })
        {
            var waits = Routines.Step("vantar", type);
            waits[output] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "x" } };
            Spells("getX().val[getI()] === 'a'", waits, Task()).Should().BeTrue(type);
        }

        // A variable of that name inside is none outside: there an input may stand behind it.
        var model = Graph(way, Task()).Definition.Json.DeepClone().AsObject();
        var variables = model["variables"]!.AsArray();
        var own = variables.Single(v => v!["id"]!.ToString() == "svar")!;
        variables.Remove(own);
        var inner = Routines.Step("inre", "Elsa.Sequence");
        inner["variables"] = new JsonArray(own);
        inner["activities"] = new JsonArray();
        model["root"]!["activities"]!.AsArray().Add(inner);
        Spells(WorkflowGraph.Compile(WorkflowDefinition.FromJson(model), Gate.Registry, new CompileOptions { Strict = false })).Should().BeTrue();

        inner["variables"] = new JsonArray(new JsonObject { ["id"] = "z", ["name"] = "Z", ["typeName"] = "Object" });
        var outside = Graph("getZ()[getI()] === 'a'", inner).Definition;
        Spells(WorkflowGraph.Compile(outside, Gate.Registry, new CompileOptions { Strict = false })).Should().BeTrue();

        // The reason of a deviation is written, whatever another form calls a choice.
        task = Task();
        task["form"] = Routines.Expression("Object", """[{"label":"Skäl","type":"choice","options":["a"]}]""");
        Spells("getSvar().falt.skäl[getI()] === 'a'", task).Should().BeTrue();
    }

    private static JsonObject Task()
    {
        var task = Routines.Step("uppgift", "CaseWorkflows.HumanTask");
        task["form"] = Routines.Expression("Object", """[{"label":"Enheter","type":"multiUnit"},{"label":"Val","type":"choice","options":["A","B"]},{"label":"Anteckning","type":"longText"},{"label":"Blandat","type":"choice"},{"label":"Rader","type":"rows","rows":[{"label":"Blandat","type":"text"}]}]""");
        return task;
    }

    private static WorkflowGraph Undeclared(WorkflowGraph graph)
    {
        var model = graph.Definition.Json.DeepClone().AsObject();
        var variables = model["variables"]!.AsArray();
        variables.Remove(variables.Single(v => v!["id"]!.ToString() == "svar"));
        return WorkflowGraph.Compile(WorkflowDefinition.FromJson(model), Gate.Registry, new CompileOptions { Strict = false });
    }

    [Theory]
    [InlineData("arende.text", "getX()[0] === 'a'", true)]
    [InlineData("arende.text", "getVariable('X')[0] === 'a'", true)]
    [InlineData("arende.text", "variables.X[0] === 'a'", true)]
    [InlineData("arende.text", "getX() === 'hej'", false)]
    [InlineData("arende.text[getI()]", "getX() === 'a'", true)]
    [InlineData("arende.text.charCodeAt(0)", "getX() === 97", true)]
    [InlineData("arende.team + 1", "getX() > 2", false)]
    [InlineData("setVariable(['Y'][0], arende.text)", "getY()[0] === 'a'", true)]
    [InlineData("variables.Y = arende.text[0]; return 1;", "getY() === 'a'", true)]
    [InlineData("Object.assign(variables, { Y: arende.text[0] })", "getY() === 'a'", true)]
    [InlineData("setCorrelationId(arende.text[0])", "getCorrelationId() === 'a'", true)]
    [InlineData("setWorkflowInstanceName(arende.text[0])", "getWorkflowInstanceName() === 'a'", true)]
    public void S_7_what_a_variable_was_set_from_counts(string set, string way, bool spells)
    {
        var step = Routines.Step("satt", "Elsa.SetVariable");
        step["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X" };
        step["value"] = Routines.Expression("JavaScript", set);
        Spells(way, step).Should().Be(spells);
    }

    [Fact]
    public void S_7_the_run_s_name_its_correlation_id_and_what_a_loop_is_at_count()
    {
        foreach (var (type, input, way) in new[] { ("Elsa.Correlate", "correlationId", "getCorrelationId()[0] === 'a'"), ("Elsa.SetName", "value", "getWorkflowInstanceName()[0] === 'a'") })
        {
            var step = Routines.Step("satt", type);
            step[input] = Routines.Expression("JavaScript", "arende.text");
            Spells(way, step).Should().BeTrue(type);
        }

        var loop = Routines.Step("varv", "Elsa.ForEach");
        var inside = Routines.Step("inne", "Elsa.SetVariable");
        inside["variable"] = new JsonObject { ["id"] = "x", ["name"] = "X" };
        inside["value"] = Routines.Expression("JavaScript", "getCurrentValue().value === 'Påminn'");
        loop["body"] = inside;
        loop["items"] = Routines.Expression("JavaScript", "getSvar().falt.rader || []");
        Spells("true", loop).Should().BeFalse();
        loop["items"] = Routines.Expression("JavaScript", "arende.text.split('')");
        Spells("true", loop).Should().BeTrue();
        loop["items"] = Routines.Expression("JavaScript", "[1, 2, 3]");
        inside["value"] = Routines.Expression("JavaScript", "getCurrentValue() > 2");
        Spells("true", loop).Should().BeFalse();
        Spells("getCurrentValue()[getI()] === 'a'", loop).Should().BeTrue("outside of the loop it is an input of that name");
    }

    [Fact]
    public void S_7_what_another_run_gave_may_be_what_was_written()
    {
        foreach (var script in (string[])["getInput('Payload') === 'a'", "getT() === 'a'", "getInput('t')[0] === 'a'", "getCorrelationId()[0] === 'a'", "getCorrelationId() === 'a'"])
            Spells(script).Should().Be(script.Contains('[', StringComparison.Ordinal), script);

        var heard = Routines.Event("hor", "Bokstav");
        heard["result"] = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "x" } };
        Spells("getX() === 'a'", heard).Should().BeFalse();
        Spells("getX()[0] === 'a'", heard).Should().BeTrue();
        Spells("arende.typkod === 'klagomal'", heard).Should().BeFalse();
    }

    [Theory]
    [InlineData("Elsa.Event", "eventName", "'Bok' + arende.text[0]", true)]
    [InlineData("Elsa.Event", "eventName", "'Bok' + arende.typkod", false)]
    [InlineData("CaseWorkflows.HumanTask", "interruptEvents", "['Bok' + arende.text[0]]", true)]
    [InlineData("CaseWorkflows.HumanTask", "hiddenOutcomes", "arende.text[0] === 'a' ? ['Klar'] : []", true)]
    [InlineData("CaseWorkflows.HumanTask", "title", "'Svara: ' + arende.amne", false)]
    [InlineData("CaseWorkflows.HumanTask", "checks", "svar.falt.svarstext.length < 3 ? { svarstext: 'För kort.' } : null", false)]
    [InlineData("CaseWorkflows.HumanTask", "checks", "setX(arende.text[0]); return null;", true)]
    [InlineData("CaseWorkflows.HumanTask", "checks", "variables.X = arende.text === 'a'; return null;", true)]
    [InlineData("CaseWorkflows.HumanTask", "checks", "setX(arende.team); return null;", false)]
    [InlineData("Elsa.Correlate", "correlationId", "arende.text[0]", true)]
    [InlineData("Elsa.SetVariable", "value", "if (arende.text[0] === 'a') throw 1;", true)]
    [InlineData("CaseWorkflows.StaffNotice", "roles", "arende.text[0] === 'a' ? ['sjukskoterska'] : []", true)]
    [InlineData("Elsa.StartAt", "dateTime", "arende.invanare.fodelsedatum", true)]
    [InlineData("Elsa.Delay", "timeSpan", "arende.falt.tid", true)]
    [InlineData("CaseWorkflows.HumanTask", "due", "arende.falt.senast", true)]
    [InlineData("CaseWorkflows.HumanTask", "due", "getSvar().falt.senast", true)]
    [InlineData("CaseWorkflows.HumanTask", "due", "plusDagar(arende.inkommet, 2)", false)]
    [InlineData("Elsa.Complete", "outcomes", "[arende.amne]", true)]
    [InlineData("CaseWorkflows.HumanTask", "preselected", "arende.amne", true)]
    [InlineData("CaseWorkflows.HumanTask", "hiddenOutcomes", "[arende.amne]", true)]
    [InlineData("CaseWorkflows.RouteCase", "table", "arende.falt.tabell", true)]
    [InlineData("Elsa.Event", "eventName", "'Bok' + arende.amne", true)]
    [InlineData("Elsa.PublishEvent", "eventName", "'Bok' + arende.amne", true)]
    [InlineData("Elsa.PublishEvent", "correlationId", "arende.falt.kod", true)]
    [InlineData("Elsa.ExecuteWorkflow", "workflowDefinitionId", "'rutin-' + arende.amne", true)]
    [InlineData("CaseWorkflows.HumanTask", "interruptEvents", "[arende.amne]", true)]
    [InlineData("Elsa.Cron", "cronExpression", "'0 0 ' + arende.falt.tal + ' * * *'", true)]
    [InlineData("CaseWorkflows.AgeOnDate", "on", "getX()", true)]
    [InlineData("CaseWorkflows.AgeOnDate", "limits", "[getX()]", true)]
    [InlineData("Elsa.PublishEvent", "payload", "arende.text[0]", true)]
    [InlineData("Elsa.PublishEvent", "payload", "({ text: arende.text })", false)]
    public void S_7_whatever_a_step_is_given_may_decide_how_it_goes_on(string type, string input, string script, bool spells)
    {
        var step = Routines.Step("steg", type);
        step[input] = Routines.Expression("JavaScript", script);
        Spells("true", step).Should().Be(spells);
    }

    [Fact]
    public void S_7_scripts_that_take_long_to_judge_are_not_waited_for()
    {
        var reversed = string.Join(' ', Enumerable.Range(0, 5_000).Reverse().Select(i => $"var n{i + 1} = n{i};"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var steps = Enumerable.Range(0, 3).Select(i =>
        {
            var step = Routines.Step("satt" + i, "Elsa.SetVariable");
            step["value"] = Routines.Expression("JavaScript", reversed + " return n5000;");
            return step;
        });
        Spells("true", [.. steps]).Should().BeTrue("what is not judged to the end may be pieces");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60), "turn by turn it takes minutes");
    }

    [Fact]
    public void S_7_many_comparisons_of_whole_values_spell_too()
    {
        // Joined by ”or”, each left side is one more question.
        Spells(string.Join(" || ", Enumerable.Range(0, 25).Select(i => $"arende.text === '{i}'"))).Should().BeFalse();
        Spells(string.Join(" || ", Enumerable.Range(0, 51).Select(i => $"arende.text === '{i}'"))).Should().BeTrue();
        foreach (var asked in (string[])["isNaN(parseInt(arende.text, {0}))", "arende.falt.f{0}", "!arende.falt.f{0}", "harRoll(arende.falt.f{0})", "isNullOrEmpty(arende.falt.f{0})", "isFinite(arende.falt.f{0})"])
            Spells("[" + string.Join(", ", Enumerable.Range(2, 60).Select(i => $"({asked.Replace("{0}", $"{i}", StringComparison.Ordinal)} ? 1 : 2)")) + "]").Should().BeTrue(asked);
    }

    [Theory]
    [InlineData(3, 16, false)]
    [InlineData(3, 17, true)]
    [InlineData(1, 51, true)]
    public void S_7_each_limit_of_an_age_is_a_comparison(int limits, int steps, bool spells)
    {
        var each = Enumerable.Range(0, steps).Select(i =>
        {
            var step = Routines.Step("alder" + i, "CaseWorkflows.AgeOnDate");
            step["limits"] = Routines.Expression("Object", $"[{string.Join(',', Enumerable.Range(10, limits))}]");
            step["on"] = Routines.Literal($"19{i + 10}-01-01");
            return step;
        });
        Spells("true", [.. each]).Should().Be(spells);
    }

    [Fact]
    public void S_7_the_routines_that_come_with_the_product_can_be_followed()
    {
        foreach (var id in (string[])["vgr/onk-arende", "vgr/su-klagomal", "gemensamt/x-svarsklocka", "gemensamt/x-motfraga", "gemensamt/x-avvikelse"])
        {
            var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Gate.Repository, "workflows", id + ".json")))!.AsObject();
            var graph = WorkflowGraph.Compile(WorkflowDefinition.FromJson(document), Gate.Registry, new CompileOptions { Strict = false });
            SpeltWays.Of(graph).Pieces.Should().BeEmpty(id);
            SpeltWays.Of(graph).Comparisons.Should().BeLessThan(SpeltWays.MostComparisons / 2, id);
        }
    }

    private static bool Spells(string script, params JsonObject[] before) => Spells(Graph(script, before));

    private static bool Spells(WorkflowGraph graph) => SpeltWays.Of(graph) is var ways && (ways.Pieces.Count > 0 || ways.Comparisons > SpeltWays.MostComparisons);

    private static WorkflowGraph Graph(string script, params JsonObject[] before)
    {
        var way = Routines.Step("vag", "Elsa.FlowSwitch");
        way["cases"] = new JsonArray(new JsonObject { ["label"] = "ja", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } });
        var model = Routines.Of("prov", "Prov", [Routines.Step("start", "Elsa.Start"), .. before.Select(b => b.DeepClone()), way], []);
        foreach (var name in (string[])["X", "Y", "I", "svar"])
            model["variables"]!.AsArray().Add(new JsonObject { ["id"] = name.ToLowerInvariant(), ["name"] = name, ["typeName"] = "Object" });
        return WorkflowGraph.Compile(WorkflowDefinition.FromJson(model), Gate.Registry, new CompileOptions { Strict = false });
    }
}
