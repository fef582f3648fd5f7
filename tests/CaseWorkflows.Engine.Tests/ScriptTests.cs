using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

public sealed class ScriptTests
{
    private const string Variables = """[{"id":"v1","name":"antal","typeName":"Int32","value":"3"},{"id":"v2","name":"patient","typeName":"JSON","value":"{\"namn\":\"Åsa\"}"}]""";

    [Theory]
    [InlineData("getAntal() + 1", "4")]
    [InlineData("return getAntal() * 2;", "6")]
    [InlineData("`${getAntal()} st till ${getPatient().namn}`", "3 st till Åsa")]
    [InlineData("`a\\`b ${ `inre ${1+1}` } \"c\"`", "a`b inre 2 \"c\"")]
    [InlineData("variables.patient.namn", "Åsa")]
    [InlineData("getVariable('antal')", "3")]
    [InlineData("getPatient().Namn", "Åsa")]
    [InlineData("JSON.stringify({ b: [1, 2.5, null] })", "{\"b\":[1,2.5,null]}")]
    [InlineData("({ a: 1 }).a", "1")]
    [InlineData("const a = 1; let b = 2; a + b", "3")]
    [InlineData("new Date().getTime() - Date.now()", "0")]
    [InlineData("new Date().getHours()", "8")]
    [InlineData("'a-b-c'.split('-').length + 'abc'.search('c') + 'abc'.match(/b/)[0]", "5b")]
    [InlineData("'abcabc'.replace(/b/g, function (m) { return m + m; })", "abbcabbc")]
    [InlineData("/a/g.test('a') + ' ' + (function () { return /a/g.test('a'); })()", "true true")]
    [InlineData("new Date().toISOString()", "2026-03-02T07:00:00.000Z")]
    [InlineData("'abc'.replace(/b/, 'x')", "axc")]
    [InlineData("getWorkflowDefinitionId()", "test")]
    [InlineData("isNullOrEmpty('') ? 'ja' : 'nej'", "ja")]
    public void An_expression_gives(string script, string expected) => Run.Start(Sequence(Script("a", script)), Variables).Lines.Should().Equal(expected);

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;) { var x = {}; }")]
    [InlineData("(function f() { return f(); })()")]
    [InlineData("var s = 'x'; while (true) { s += s; }")]
    [InlineData("var a = []; while (true) { a.push('0123456789'); }")]
    [InlineData("new Array(4000000000).join('x')")]
    [InlineData("var a = []; a[4294967290] = 1; a.sort()")]
    [InlineData("/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.match('(a+)+$')")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.replace(/(a+)+$/, '')")]
    [InlineData("throw new Error('nej')")]
    [InlineData("undefinedFunction()")]
    [InlineData("var o = {}; o.o = o; variables.patient = o")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("importNamespace('System')")]
    public void A_script_that_goes_wrong_fails_its_step_and_nothing_else(string script)
    {
        var run = Run.Start(Sequence(Line("a"), Script("b", script)), Variables);
        run.Lines.Should().Equal("a");
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        run.State.Incidents.Should().ContainSingle().Which.Message.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("finnsInte + 1", "’finnsInte’ finns inte (rad 1)")]
    [InlineData("1;\ngetPatient().ring()", "’ring’ ")]
    [InlineData("getPatient().adress.gata", "Skriptet kunde inte köras. Läser det något ur ett värde som saknas?")]
    public void The_commonest_slips_are_told_in_Swedish(string script, string told) =>
        Run.Start(Sequence(Script("a", script)), Variables).State.Incidents.Single().Message.Should().Contain(told);

    [Theory]
    [InlineData("(", ")", 3000)]
    [InlineData("!", "", 3000)]
    [InlineData("1+", "", 3000)]
    [InlineData("1?", ":1", 3000)]
    [InlineData("[", "]", 3000)]
    [InlineData("`${", "}`", 9000)]
    [InlineData("function f(){", "}", 3000)]
    [InlineData("(", ")", 90)]
    [InlineData("1+", "", 900)]
    public void A_script_nested_without_end_takes_nobody_with_it(string open, string close, int times)
    {
        var script = string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times));
        Run.Start(Sequence(Script("a", script))).State.Status.Should().Be(WorkflowStatus.Finished);
    }

    [Fact]
    public void Recursion_inside_a_deep_expression_takes_nobody_with_it()
    {
        foreach (var depth in (int[])[1, 20, 35, 60, 400])
        {
            var script = "function f(n) { return " + string.Concat(Enumerable.Repeat("1+(", depth)) + "f(n + 1)" + new string(')', depth) + "; } f(0)";
            var run = Run.Start(Sequence(Script("a", script)));
            run.State.Incidents.Should().ContainSingle().Which.Message.Should().Contain("djupt");
        }
    }

    [Fact]
    public void One_graph_serves_many_threads_at_once()
    {
        var definition = Definition(Sequence(Script("a", "var s = ''; for (var i = 0; i < 3; i++) { s += [getAntal(), 2].map(function (x) { return x + 1; }).join('-') + parseInt('7', 10); } s.replace(/7/g, '*')")), Variables);
        var graph = Compile(definition);
        var environment = new BurstEnvironment { Now = Now };
        Parallel.For(0, 2000, _ => Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), environment).Effects.OfType<Effects.LineWritten>().Single().Text.Should().Be("4-3*4-3*4-3*"));
    }

    [Fact]
    public void A_regular_expression_begins_afresh_in_every_run()
    {
        var definition = Definition(Sequence(Script("a", "/a/g.test('aa')"), Script("b", "/a/g.test('aa')")));
        for (var i = 0; i < 3; i++) Run.Start(definition).Lines.Should().Equal("true", "true");
    }

    [Fact]
    public void Nothing_a_script_leaves_behind_reaches_the_next()
    {
        Run.Start(Sequence(Script("a", "leak = 1; Array.prototype.evil = 1; Object.prototype.evil = 1; Math.max = null; JSON = 5; 'ok'"))).Lines.Should().Equal("ok");
        Run.Start(Sequence(Script("a", "typeof leak + typeof [].evil + typeof ({}).evil + Math.max(1, 2) + typeof JSON.parse"))).Lines.Should().Equal("undefinedundefinedundefined2function");
    }

    [Fact]
    public void Variables_are_set_by_function_and_by_object()
    {
        var run = Run.Start(Sequence(Activity("j", "Elsa.RunJavaScript", Literal("script", "setAntal(7); variables.patient = { namn: 'Bo' }; setVariable('ny', [1]);")), Script("a", "getAntal() + getPatient().namn + getVariable('ny').length")), Variables);
        run.Lines.Should().Equal("7Bo1");
        run.State.Variables["v1"].Should().Be(7);
    }

    [Fact]
    public void Random_is_the_same_when_the_burst_is_run_again()
    {
        var definition = Definition(Sequence(Script("a", "Math.random() + ' ' + newGuid()")));
        var ids = new Queue<Guid>();
        BurstEnvironment Environment() => new() { Now = Now, NewId = () => Guid.Empty };
        Run.Start(definition, environment: Environment()).Lines.Should().Equal(Run.Start(definition, environment: Environment()).Lines);
        ids.Should().BeEmpty();
    }

    [Fact]
    public void A_module_gives_names_of_its_own()
    {
        var run = Run.Start(Definition(Sequence(Script("a", "arende.nummer + hej('du')"))), environment: new BurstEnvironment { Now = Now, Globals = [new Globals()] });
        run.Lines.Should().Equal("A-1hej du");
    }

    private sealed class Globals : IExpressionGlobals
    {
        public void Register(ExpressionGlobalsBuilder b)
        {
            b.Value("arende", () => new Dictionary<string, object?> { ["nummer"] = "A-1" });
            b.Function("hej", a => "hej " + a[0]);
        }
    }
}
