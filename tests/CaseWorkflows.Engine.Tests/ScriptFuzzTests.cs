using System.Diagnostics;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;
using Xunit.Abstractions;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>
/// Scripts that want to do harm: known ones, and ones made at random of the same parts. A script can end only itself: the process lives,
/// the script ends within its limits, and the memory comes back. SCRIPT_FUZZ_MINUTES makes the random ones go on for so long.
/// </summary>
[Collection(Alone)]
public sealed class ScriptFuzzTests
{
    private const string Alone = "Alone";

    /// <summary>What is measured is the whole process's: its memory, and whether a script was left behind. So nothing runs beside it.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class NothingBeside;

    private static readonly ExecutionLimits Short = new() { ScriptTimeout = TimeSpan.FromSeconds(1), RegexTimeout = TimeSpan.FromMilliseconds(300) };

    // One native call may run on past the limit, and the machine may be busy. A script that is left behind takes three seconds more than this.
    private static readonly TimeSpan Most = Short.ScriptTimeout + Short.RegexTimeout + TimeSpan.FromSeconds(2.9);
    private readonly ITestOutputHelper _output;

    public ScriptFuzzTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void S_1_S_13_A_hostile_script_ends_only_itself()
    {
        var before = GC.GetTotalMemory(true);
        foreach (var script in HostileScripts.All) RunOne(script);
        (GC.GetTotalMemory(true) - before).Should().BeLessThan(64 * 1024 * 1024, "memory is given back");
    }

    [Fact]
    public void S_1_S_13_Scripts_made_at_random_end_only_themselves()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("SCRIPT_FUZZ_MINUTES"), System.Globalization.CultureInfo.InvariantCulture, out var m) ? m : 0;
        var seed = minutes > 0 ? Environment.TickCount : 20261127;
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var (count, run, incidents, slowest) = (0, 0, 0, TimeSpan.Zero);
        for (; minutes > 0 ? clock.Elapsed < TimeSpan.FromMinutes(minutes) : count < 400 && clock.Elapsed < TimeSpan.FromSeconds(12); count++)
        {
            var script = new HostileGrammar(seed + count).Script();
            var took = RunOne(script, out var failed, out var parsed, $"seed {seed + count}");
            if (failed) incidents++;
            if (parsed) run++;
            if (took > slowest) slowest = took;
        }

        var kept = GC.GetTotalMemory(true) - before;
        _output.WriteLine($"{count} scripts from seed {seed}, {run} parsed, {incidents} stopped or thrown, slowest {slowest.TotalSeconds:0.0} s, {kept >> 10} KB kept");
        run.Should().BeGreaterThan(count / 2, "what does not parse tries nothing");
        count.Should().BeGreaterThan(20);
        kept.Should().BeLessThan(64 * 1024 * 1024, "memory is given back");
    }

    private static TimeSpan RunOne(string script) => RunOne(script, out _, out _, script);

    private static TimeSpan RunOne(string script, out bool failed, out bool parsed, string because)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var definition = Definition(Sequence(Activity("a", "Elsa.SetVariable", Quoted(script))), """[{"id":"v1","name":"x","typeName":"Object","value":null}]""");
        var graph = Compile(definition, new Graph.CompileOptions { Strict = false });
        parsed = !Graph.WorkflowGraph.Check(definition, Registry).Any(p => p.Code == "javascript");
        var clock = Stopwatch.StartNew();
        var state = Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), new BurstEnvironment { Now = Now, Limits = Short }).State;
        var took = clock.Elapsed;
        failed = state.SubStatus == WorkflowSubStatus.Faulted;
        took.Should().BeLessThan(Most, "{0}: {1}", because, script);
        (GC.GetTotalAllocatedBytes() - allocated).Should().BeLessThan(300L * 1024 * 1024, "{0}: {1}", because, script);
        state.Serialize().Length.Should().BeLessThan(16 * 1024 * 1024, "{0}: {1}", because, script);
        if (failed) state.Incidents.Should().ContainSingle().Which.ExceptionType.Should().Be("CaseWorkflows.Engine.Expressions.ExpressionException", "{0}: {1}", because, script);
        return took;
    }

    private static string Quoted(string script) =>
        "\"variable\":{\"id\":\"v1\",\"name\":\"x\",\"typeName\":\"Object\"}," + JavaScript("value", script);
}
