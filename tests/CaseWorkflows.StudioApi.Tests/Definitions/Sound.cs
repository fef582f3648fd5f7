using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>Routines with nothing wrong in them, though a hasty check might think so.</summary>
internal static class Sound
{
    /// <summary>Own functions, own names, texts and regular expressions with call-like words, properties, and every kind of name the host gives.</summary>
    public static JsonObject ScriptWithEverythingInIt()
    {
        var model = Gate.Around(Gate.Step("Elsa.WriteLine", "Räkna", ("text", """
            js:// getBorta() i en kommentar
            var lista = [1, 2], summa = 0, text = 'getBorta() och "arrende.nummer"';
            function plus(a, b) { return a.valueOf() + b; }
            for (var i = 0; i < lista.length; i++) summa = plus(summa, lista[i]);
            setVariable('tillfällig', summa);
            if (/getBorta\(x\)/.test(text)) throw new Error(String(summa));
            [arende.nummer, enhet.namn, installning('svarsklockaDagar'), getAntal(), getInput('x'), getPerson(), getVariable('tillfällig'), getSvar().falt['x'], Math.max(summa, 1), JSON.stringify({ a: nu })].join(' ');
            """)), "Done");
        model["variables"]!.AsArray().Add(new JsonObject { ["id"] = "v1", ["name"] = "antal", ["typeName"] = "Int32" });
        model["inputs"]!.AsArray().Add(new JsonObject { ["name"] = "person", ["type"] = "String" });
        return model;
    }

    /// <summary>JavaScript as people write it today: every way to declare a name, and what the language has.</summary>
    public static JsonObject ScriptOfToday() => Gate.Around(Gate.Step("Elsa.WriteLine", "Räkna", ("text", """
        js:const [förste, { namn, ort: plats = 'Borås' }] = [{ a: 1 }, { namn: 'Åsa' }];
        const sorterade = ['ö', 'å'].sort((a, b) => a.localeCompare(b)).map(x => x.trim()), summa = (...alla) => alla.length;
        class Rad { #x = 2; get y() { return this.#x; } }
        function lägg([p, { q }], r = []) { return r.concat(p.x, q.y); }
        let karta = new Map([['a', [1]]]), unika = new Set(sorterade), etikett;
        for (const [nyckel, värde] of [...karta]) etikett = nyckel.length + värde.length;
        for (const i of [1, 2]) etikett += i.toFixed();
        try { null.x } catch ({ message }) { etikett = message.length }
        ({ etikett } = { etikett: 'z' });
        return `${namn.trim()} ${plats.length} ${förste.a} ${etikett.length} ${new Rad().y} ${summa(1)} ${lägg([{ x: 1 }, { q: { y: 2 } }]).length} ${unika.size} ${typeof lägg} ${Symbol.iterator.toString()} ${globalThis.isNaN(1)}`;
        """)), "Done");

    public static JsonObject WaitsWithoutLimitBesideAnEnd() => Flows.With(
        [Flows.Start(), Gate.Step("CaseWorkflows.AwaitResident", "Invänta"), Flows.Line("a", "Notera"), Routines.Event("h", "Ärendet avslutat"), Routines.Step("slut", "Elsa.End")],
        ("start", "Done", "steg"), ("start", "Done", "h"), ("h", "Done", "slut"), ("steg", "Svar", "a"), ("steg", "Tid ute", "a"));

    public static JsonObject LoopThatATimerLeaves() => Flows.With(
        [Flows.Start(), Gate.Step("CaseWorkflows.AwaitResident", "Invänta", ("days", "5")), Flows.Line("a", "Notera"), Routines.Step("slut", "Elsa.End")],
        ("start", "Done", "steg"), ("steg", "Svar", "a"), ("a", "Done", "steg"), ("steg", "Tid ute", "slut"));

    public static JsonObject StartsItselfAfterAWait() => Flows.Of(
        [Flows.Start(), Gate.Step("Elsa.Delay", "Vänta", ("timeSpan", "7.00:00:00")).WithId("vanta"), Gate.Step("Elsa.DispatchWorkflow", "Börja om", ("workflowDefinitionId", "rutin"))],
        ("start", "vanta"), ("vanta", "steg"));

    public static JsonObject JoinBehindAFork() => Flows.Join("Elsa.FlowFork", ["A", "B"], ("branches", "[\"A\",\"B\"]"));

    public static JsonObject NumberForAnEnum() => Flows.Of([Flows.Start(), Gate.Step("Elsa.FlowJoin", "Samla", ("mode", "0")), Routines.Step("slut", "Elsa.End")], ("start", "steg"), ("steg", "slut"));

    public static JsonObject RoleByItsName() => Gate.Around(Gate.Step("CaseWorkflows.HumanTask", "Fördela", ("title", "Fördela"), ("outcomes", "[\"Klar\"]"), ("roles", "[\"Ärendemottagare\"]")), "Klar");

    public static JsonObject VariableOfALoop()
    {
        var loop = Gate.Step("Elsa.ForEach", "För var och en", ("items", "js:[1, 2]"));
        loop["body"] = Gate.Step("Elsa.WriteLine", "Skriv", ("text", "js:getCurrentValue() + getVariable('CurrentIndex')")).WithId("rad");
        return Gate.Around(loop, "Done");
    }

    public static JsonObject TriggerBesideStart() => Flows.Of(
        [Flows.Start(), Settings.Trigger(Routines.Event("h", "Kom")), Flows.Line("a", "Ett"), Flows.Line("b", "Två")], ("start", "a"), ("h", "b"));

    public static JsonObject ArrowsOfOlderFiles()
    {
        var model = Flows.Of([Flows.Start(), Flows.Line("a", "Ett")]);
        model["root"]!["connections"]!.AsArray().Add(new JsonObject { ["source"] = "start", ["target"] = "a", ["sourcePort"] = "Done", ["targetPort"] = "In" });
        return model;
    }

    public static JsonObject DefaultsLeftOut() => Flows.Of(
        [Flows.Start(), Gate.Step("Elsa.Delay", "Vänta").WithId("v"), Gate.Step("CaseWorkflows.WorkingDayDelay", "Vänta dagar").WithId("d"), Gate.Step("CaseWorkflows.CloseCase", "Avsluta").WithId("c"), Routines.Step("slut", "Elsa.End")],
        ("start", "v"), ("v", "d"), ("d", "c"), ("c", "slut"));
}
