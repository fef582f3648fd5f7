using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What can be seen from the arrows alone: ways that lead nowhere, steps never reached, loops without end, joins that may wait for ever.</summary>
internal static class FlowCheck
{
    private const int Named = 4;
    private const string Done = "Done";
    private static readonly string[] Otherwise = ["True", "False", "Default"];

    /// <param name="outcomesOf">The ways out of a step; null when it is of an unknown kind.</param>
    public static IEnumerable<Finding> Run(ActivityNode flow, IReadOnlyList<ActivityNode> all, Func<ActivityNode, IReadOnlyList<string>?> outcomesOf, ActivityRegistry registry, bool tokenMode)
    {
        var shape = FlowShape.Of(flow, all);
        if (shape.Steps.Count == 0)
        {
            yield return Of(FindingSeverity.Error, "empty", flow, $"Flödet ’{flow.Label}’ är tomt: lägg till minst ett steg.");
            yield break;
        }

        foreach (var arrow in shape.Loose)
        {
            var known = shape.Steps.GetValueOrDefault(arrow.From) ?? shape.Steps.GetValueOrDefault(arrow.To);
            yield return Of(FindingSeverity.Error, "loose-connection", known ?? flow, known is null
                ? "En pil går mellan två steg som inte finns längre. Ta bort den."
                : $"En pil vid steget ’{known.Label}’ går till eller från ett steg som inte finns längre. Ta bort den.");
        }

        var reached = shape.Reachable(shape.Starts());
        foreach (var step in shape.Steps.Values)
        {
            if (!reached.Contains(step.Id))
                yield return Of(FindingSeverity.Error, "unreachable", step, $"Steget ’{step.Label}’ nås aldrig: ingen väg leder dit från början av flödet.");
            foreach (var finding in Ways(step, shape, outcomesOf(step), registry)) yield return finding;
        }

        foreach (var finding in Endless(shape, reached, registry)) yield return finding;
        foreach (var finding in Joins(shape, registry, tokenMode)) yield return finding;
        foreach (var finding in tokenMode ? DeadBranches(shape, outcomesOf, registry) : Rounds(shape)) yield return finding;
    }

    private static IEnumerable<Finding> Ways(ActivityNode step, FlowShape shape, IReadOnlyList<string>? outcomes, ActivityRegistry registry)
    {
        if (outcomes is null) yield break;
        var used = shape.From(step.Id).Select(a => a.Outcome).ToHashSet(StringComparer.Ordinal);
        var descriptor = registry.FindLatest(step.Type);
        foreach (var outcome in descriptor is null ? [] : Outcomes.Repeated(step, descriptor))
            yield return Of(FindingSeverity.Error, "same-outcome", step, $"Steget ’{step.Label}’ har utfallet ’{outcome}’ två gånger. Ta bort det ena.");
        foreach (var finding in Unconnected(step, outcomes, used, outcome => Outcomes.Shown(step, descriptor, outcome))) yield return finding;
        foreach (var outcome in used.Where(o => !outcomes.Contains(o, StringComparer.Ordinal)))
            yield return Of(FindingSeverity.Error, "unknown-outcome", step, $"En pil från steget ’{step.Label}’ utgår från utfallet ’{outcome}’, som steget inte har. Ta bort pilen eller lägg till utfallet.");
    }

    private static IEnumerable<Finding> Unconnected(ActivityNode step, IReadOnlyList<string> outcomes, HashSet<string> used, Func<string, string> shown)
    {
        // One way out and nothing after it is simply the end of a branch.
        if (outcomes.Count < 2) yield break;
        if (used.Count == 0)
        {
            yield return Of(FindingSeverity.Warning, "ends-here", step, $"Grenen slutar vid steget ’{step.Label}’: inget av dess utfall leder vidare.");
            yield break;
        }

        // A step that has Done beside named outcomes always takes Done too.
        if (outcomes.Contains(Done) && (used.Contains(Done) || outcomes.All(o => o == Done || used.Contains(o)))) yield break;
        var isChoice = step.Type is "Elsa.FlowDecision" or "Elsa.FlowSwitch";
        foreach (var outcome in outcomes.Where(o => !used.Contains(o) && o != Done))
        {
            // "Otherwise nothing" is a way to use a choice; an answer that leads nowhere is not.
            var mild = isChoice && Otherwise.Contains(outcome);
            yield return Of(mild ? FindingSeverity.Warning : FindingSeverity.Error, "unconnected-outcome", step, $"Steget ’{step.Label}’ har utfallet ’{shown(outcome)}’ som inte leder någonstans.");
        }
    }

    /// <summary>Steps from which no end can be reached.</summary>
    private static IEnumerable<Finding> Endless(FlowShape shape, HashSet<string> reached, ActivityRegistry registry)
    {
        var ends = shape.Steps.Keys.Where(id => shape.From(id).Count == 0);
        var finishing = shape.Reaching(ends);
        var stuck = shape.Steps.Values.Where(s => reached.Contains(s.Id) && !finishing.Contains(s.Id)).ToList();
        // The steps on the way to the loop are not what is wrong.
        stuck = stuck.Where(s => shape.Reachable(shape.From(s.Id).Select(a => a.To)).Contains(s.Id)).ToList();
        if (stuck.Count == 0) yield break;
        var names = string.Join(", ", stuck.Take(Named).Select(s => $"’{s.Label}’")) + (stuck.Count > Named ? $" och {stuck.Count - Named} till" : "");
        // A loop that keeps watch ends when another branch ends the flow.
        var isEnded = shape.Steps.Values.Any(s => reached.Contains(s.Id) && registry.FindLatest(s.Type) is { IsTerminal: true });
        yield return Of(isEnded ? FindingSeverity.Warning : FindingSeverity.Error, "endless", stuck[0], stuck.Count == 1
            ? $"Steget {names} kan aldrig bli klart: det leder bara tillbaka till sig självt."
            : $"Stegen {names} bildar en slinga som aldrig tar slut: ingen väg leder ut ur den.");
    }

    /// <summary>A join that waits for all its arrows hangs when a choice before it can leave one of them out.</summary>
    private static IEnumerable<Finding> Joins(FlowShape shape, ActivityRegistry registry, bool tokenMode)
    {
        foreach (var join in shape.Steps.Values)
        {
            var arrows = shape.To(join.Id);
            if (arrows.Count < 2 || WaitsForAll(join, registry, tokenMode) is not { } certain) continue;
            foreach (var choice in shape.Steps.Values)
            {
                if (choice.Id == join.Id || Outcomes.IsFork(choice.Type)) continue;
                var ways = shape.From(choice.Id).GroupBy(a => a.Outcome).ToList();
                if (ways.Count < 2) continue;
                var met = ways.Select(way => Meets(shape, way.Select(a => a.To), choice.Id, join.Id, arrows)).ToList();
                var together = met.Aggregate(new HashSet<FlowShape.Arrow>(), (sum, one) => { sum.UnionWith(one); return sum; });
                foreach (var direct in shape.From(choice.Id).Where(a => a.To == join.Id)) together.Add(direct);
                if (together.Count < 2 || met.Any(m => m.Count == together.Count)) continue;
                yield return Of(certain ? FindingSeverity.Error : FindingSeverity.Warning, "join-hangs", join,
                    $"Steget ’{join.Label}’ väntar in alla sina vägar, men valet ’{choice.Label}’ följer bara en av dem. Då kan flödet bli stående.");
                break;
            }
        }
    }

    /// <summary>In counter mode a join compares how often its branches have run: one that has run twice upsets it.</summary>
    private static IEnumerable<Finding> Rounds(FlowShape shape)
    {
        foreach (var join in shape.Steps.Values.Where(s => s.Type == "Elsa.FlowJoin" && shape.To(s.Id).Count > 1))
        {
            var again = shape.Reachable(shape.From(join.Id).Select(a => a.To)).Contains(join.Id) ? join
                : shape.Steps.Values.FirstOrDefault(s => s.Id != join.Id && IsRound(shape, s.Id, join.Id) && IsPart(Ahead(shape, s.Id, join.Id), shape.To(join.Id)));
            if (again is null) continue;
            yield return Of(FindingSeverity.Warning, "join-rounds", join, again.Id == join.Id
                ? $"Steget ’{join.Label}’ samlar grenar och nås flera varv. I räknarläge kan det då släppa förbi för tidigt, aldrig eller två gånger. Lägg samlingen utanför slingan, eller gör om rutinen i token-läge."
                : $"Steget ’{join.Label}’ samlar grenar, men ’{again.Label}’ i en av dem kan gå flera varv. I räknarläge kan samlingen då släppa förbi för tidigt, aldrig eller två gånger. Låt slingan sluta före grenen, eller gör om rutinen i token-läge.");
        }
    }

    /// <summary>In token mode a join that waits for all its arrows hangs when one of its branches ends on the way.</summary>
    private static IEnumerable<Finding> DeadBranches(FlowShape shape, Func<ActivityNode, IReadOnlyList<string>?> outcomesOf, ActivityRegistry registry)
    {
        foreach (var join in shape.Steps.Values.Where(s => shape.To(s.Id).Count > 1 && WaitsForAll(s, registry, tokenMode: true) is not null))
        {
            var leading = shape.Reaching([join.Id]);
            var dying = shape.Steps.Values.FirstOrDefault(s => s.Id != join.Id && leading.Contains(s.Id) && !Outcomes.IsFork(s.Type)
                && IsPart(Ahead(shape, s.Id, join.Id), shape.To(join.Id)) && MayEnd(s));
            if (dying is not null)
                yield return Of(FindingSeverity.Warning, "join-hangs", join,
                    $"Steget ’{join.Label}’ väntar in alla sina vägar, men grenen kan sluta vid ’{dying.Label}’. Då kan flödet bli stående. Led alla dess utfall till samlingen.");

            bool MayEnd(ActivityNode step)
            {
                var ways = shape.From(step.Id);
                return ways.Any(a => !leading.Contains(a.To)) || (outcomesOf(step) is { Count: > 1 } own && own.Any(o => o != Done && ways.All(a => a.Outcome != o)));
            }
        }
    }

    private static bool IsRound(FlowShape shape, string step, string without) =>
        shape.Reachable(shape.From(step).Select(a => a.To).Where(t => t != without), t => t != without).Contains(step);

    /// <summary>The join's arrows that can be come to from the step without passing the join.</summary>
    private static HashSet<FlowShape.Arrow> Ahead(FlowShape shape, string step, string join)
    {
        var met = shape.Reachable([step], t => t != join);
        return [.. shape.To(join).Where(a => met.Contains(a.From))];
    }

    private static bool IsPart(HashSet<FlowShape.Arrow> some, IReadOnlyList<FlowShape.Arrow> all) => some.Count > 0 && some.Count < all.Count;

    private static HashSet<FlowShape.Arrow> Meets(FlowShape shape, IEnumerable<string> first, string choice, string join, IReadOnlyList<FlowShape.Arrow> arrows)
    {
        var starts = first.ToList();
        var seen = new HashSet<string>(starts.Where(s => s != join), StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        var met = new HashSet<FlowShape.Arrow>();
        if (starts.Contains(join)) foreach (var arrow in arrows.Where(a => a.From == choice)) met.Add(arrow);
        while (open.TryDequeue(out var id))
        {
            foreach (var arrow in shape.From(id))
            {
                if (arrow.To == join) met.Add(arrow);
                else if (arrow.To != choice && seen.Add(arrow.To)) open.Enqueue(arrow.To);
            }
        }

        return met;
    }

    /// <summary>Null: does not wait for all. True: surely hangs; false: may.</summary>
    private static bool? WaitsForAll(ActivityNode step, ActivityRegistry registry, bool tokenMode)
    {
        var mergeMode = step.Json["customProperties"] is System.Text.Json.Nodes.JsonObject custom ? DefinitionDocument.String(custom, "mergeMode") : null;
        if (tokenMode && mergeMode is "Converge") return true;
        if (step.Type != "Elsa.FlowJoin") return null;
        var input = registry.FindLatest(step.Type)?.Inputs.FirstOrDefault(i => i.JsonName == "mode");
        var mode = input is null ? null : Literals.Text(step.Json, input);
        return mode switch
        {
            "WaitAll" or "0" => true,
            // In counter mode this one waits only for branches that are alive; in token mode for every one.
            "WaitAllActive" or "2" or null => tokenMode ? false : null,
            _ => null,
        };
    }

    private static Finding Of(FindingSeverity severity, string code, ActivityNode step, string message) =>
        new(severity, code, step.NodeId, step.Id, step.Label, message);
}
