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
    [InlineData("[3, 1, 2].map(x => x * 2).toSorted((a, b) => a - b).join('-')", "2-4-6")]
    [InlineData("const { namn, ort = 'Borås' } = getPatient(); `${namn} ${ort}`", "Åsa Borås")]
    [InlineData("getPatient().adress?.gata ?? 'okänd'", "okänd")]
    [InlineData("[...'ab', ...[1]].join('') + Object.entries({ ...{ a: 1 }, b: 2 }).flat().join('')", "ab1a1b2")]
    [InlineData("class A { #x = 2; get y() { return this.#x; } } new A().y", "2")]
    [InlineData("'2026-03-02'.match(/(?<y>\\d+)-(?<m>\\d+)/).groups.m + 'a1b22'.replaceAll(/\\d+/g, m => `<${m}>`)", "03a<1>b<22>")]
    [InlineData("'a, b;c'.split(/[,;] */).join('|') + 'abc'.split(/(?:)/).length + 'a1b'.split(/(\\d)/).join('/') + ''.split(/x/).length", "a|b|c3a/1/b1")]
    [InlineData("'Åsa Berg'.replace(/(\\S+) (?<e>\\S+)/, '$<e>, $1 $$ $& $9')", "Berg, Åsa $ Åsa Berg $9")]
    [InlineData("['ö','a','å','ä','z'].sort((a, b) => a.localeCompare(b)).join('')", "azåäö")]
    [InlineData("JSON.stringify({ a: [1, { b: 'x' }], c: undefined, d: 4 }, ['a', 'b', 'd'])", "{\"a\":[1,{\"b\":\"x\"}],\"d\":4}")]
    [InlineData("JSON.stringify({ a: 1, b: 'x' }, (k, v) => typeof v === 'number' ? v + 1 : v)", "{\"a\":2,\"b\":\"x\"}")]
    [InlineData("[1, [2, [3]]].flat().length + '|' + [1, 2].concat([3], 4).join() + '|' + [null, undefined, 'x'].join('-')", "3|1,2,3,4|--x")]
    [InlineData("'x'.padStart(3, 'ab') + 'x'.padEnd(3) + '|' + 'ab'.repeat(2) + 'a'.concat('b', 1)", "abxx  |ababab1")]
    [InlineData("new Map([['a', 1]]).get('a') + new Set([1, 1, 2]).size", "3")]
    [InlineData("new RegExp('b', 'g').test('abc') && /b/ instanceof RegExp", "true")]
    public void An_expression_gives(string script, string expected) => Run.Start(Sequence(Script("a", script)), Variables).Lines.Should().Equal(expected);

    [Fact]
    public void S_7_what_javascript_has_stays_what_it_is()
    {
        const string script = """
            var changed = [], holders = [Object, Function, Array, String, Number, Boolean, Symbol, Date, RegExp, Map, Set, Error, TypeError], all = [JSON, Math];
            for (const h of holders) all.push(h, h.prototype);
            for (const o of all) {
                for (const k of Object.getOwnPropertyNames(o)) {
                    const was = Object.getOwnPropertyDescriptor(o, k);
                    try { Object.defineProperty(o, k, { value: 1 }); } catch (e) { }
                    try { Object.defineProperty(o, k, { get: [].slice }); } catch (e) { }
                    try { o[k] = 1; } catch (e) { }
                    try { delete o[k]; } catch (e) { }
                    const is = Object.getOwnPropertyDescriptor(o, k);
                    if (!is || !Object.is(is.value, was.value) || is.get !== was.get) changed.push(k);
                }
                try { Object.defineProperty(o, 'nytt', { value: 1 }); } catch (e) { }
                try { o.nytt = 1; } catch (e) { }
                try { Object.assign(o, { nytt: 1 }); } catch (e) { }
                try { Object.setPrototypeOf(o, { nytt: 1 }); } catch (e) { }
                try { o.__proto__ = { nytt: 1 }; } catch (e) { }
                if (o.nytt) changed.push('nytt');
            }
            return changed.join() + all.length;
            """;
        Run.Start(Sequence(Script("a", script)), Variables).Lines.Should().Equal("28");
    }

    [Theory]
    [InlineData("let x = 1; if (true) { let x = 2; } return x;", "1")]
    [InlineData("var f = []; for (let i = 0; i < 3; i++) { f.push(function () { return i; }); } return f[0]();", "0")]
    [InlineData("let x = 1; { let x = 2; { let x = 3; } } for (const x of [4]) { } return x;", "1")]
    [InlineData("const f = []; for (const k in { a: 1, b: 2 }) f.push(() => k); return f.map(g => g()).join('');", "ab")]
    [InlineData("var r = /[`'\"]/; return `${'a`b'.replace(r, '-')}`;", "a-b")]
    [InlineData("var r = 4 / 2 / 1; return `${r} ${/\"/.test('x\"')}`;", "2 true")]
    public void F_4_F_10_Scripts_mean_what_javascript_means(string script, string expected) => Run.Start(Sequence(Script("a", script)), Variables).Lines.Should().Equal(expected);

    [Theory]
    [InlineData("toLocaleDateString('sv-SE')", "2026-01-01")]
    [InlineData("toLocaleDateString()", "2026-01-01")]
    [InlineData("toLocaleTimeString('sv-SE')", "13:05:00")]
    [InlineData("toLocaleString('sv-SE')", "2026-01-01 13:05:00")]
    [InlineData("toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' })", "13:05")]
    [InlineData("toLocaleDateString('sv-SE', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })", "torsdag 1 januari 2026")]
    [InlineData("toLocaleDateString('sv-SE', { day: 'numeric', month: 'short' })", "1 jan.")]
    [InlineData("toLocaleDateString('sv-SE', { day: 'numeric', month: 'numeric' })", "1/1")]
    [InlineData("toLocaleDateString('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit' })", "2026-01-01")]
    [InlineData("toLocaleDateString('sv-SE', { weekday: 'short' })", "tors")]
    [InlineData("toLocaleString('sv-SE', { dateStyle: 'long', timeStyle: 'short' })", "1 januari 2026 kl. 13:05")]
    [InlineData("toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })", "2026-01-01 13:05")]
    [InlineData("toLocaleString('sv-SE', { timeZone: 'UTC' })", "2026-01-01 12:05:00")]
    public void Dates_are_written_in_Swedish_and_in_Swedish_time(string call, string expected) =>
        Run.Start(Sequence(Script("a", $"new Date(2026, 0, 1, 13, 5).{call}"))).Lines.Should().Equal(expected);

    [Theory]
    [InlineData("'a\\ud83d'")]
    [InlineData("'aaaa\\ud83d\\ude00bbb'.substring(0, 5)")]
    [InlineData("'a\\u0000b'")]
    [InlineData("({ ['k\\ud83d']: ['\\u0000'] })")]
    [InlineData("throw new Error('\\ud83d')")]
    [InlineData("setVariable('antal2', '\\ud83d')")]
    [InlineData("setCorrelationId('\\ud83d'); setWorkflowInstanceName('\\u0000')")]
    public void F_1_Half_a_pair_or_a_null_in_what_a_script_gives_is_made_sound_where_it_comes_out(string script)
    {
        var run = Run.Start(Sequence(Activity("j", "Elsa.RunJavaScript", Literal("script", script)), Script("a", script)), Variables);
        var text = System.Text.Json.JsonSerializer.Serialize(new { run.State.Variables, run.State.CorrelationId, run.State.Name, run.Lines, Incidents = run.State.Incidents.Select(i => i.Message) });
        text.Should().Contain("FFFD").And.NotContain("\\u0000").And.NotContainEquivalentOf("\\ud83d\"");
    }

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
    [InlineData("throw null", "Skriptet kastade ett fel. (rad 1)")]
    [InlineData("throw undefined", "Skriptet kastade ett fel. (rad 1)")]
    [InlineData("throw '' ", "Skriptet kastade ett fel. (rad 1)")]
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
