using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Routines that would never come to rest: circles of starts, and loops in which nothing waits.</summary>
internal static class RunawayCheck
{
    public const string Loop = "loop-without-wait";
    private const string Bulk = "Elsa.BulkDispatchWorkflows";
    private const int Named = 4;
    private static readonly HashSet<string> Starting = ["Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", Bulk];

    /// <param name="all">The steps of the routine, the same that <paramref name="started"/> was given.</param>
    public static IEnumerable<Finding> Run(string definitionId, IReadOnlyList<ActivityNode> all, StartedRoutines started)
    {
        if (started.WalkOf(definitionId) is not { } walk) yield break;
        foreach (var (step, routine) in started.Circles(definitionId).DistinctBy(c => c.Step.NodeId))
            yield return Of(FindingSeverity.Error, "endless-starts", step, step.Type == StartedRoutines.Publishing
                ? $"Steget ’{step.Label}’ skickar en händelse som startar {(routine == definitionId ? "den här rutinen igen" : $"rutinen ’{routine}’, som leder hit igen")} "
                    + "utan att något har väntats in: det tar aldrig slut. Lägg in en väntan, eller bryt kedjan."
                : routine == definitionId
                ? $"Steget ’{step.Label}’ startar den här rutinen igen, utan att något har väntats in: det tar aldrig slut. Lägg in en väntan före, eller ta bort steget."
                : $"Steget ’{step.Label}’ startar rutinen ’{routine}’, som startar den här igen utan att något har väntats in: det tar aldrig slut. Lägg in en väntan, eller bryt kedjan.");
        foreach (var step in all.Where(s => Starting.Contains(s.Type) && started.IsComputed(s)))
            yield return Of(FindingSeverity.Warning, "computed-start", step,
                $"Steget ’{step.Label}’ räknar ut vilken rutin det startar, så det syns inte här om den leder tillbaka till den här. Kedjor av rutiner stoppas efter ett antal led.");
        if (Multiplies(definitionId, all, started) is { } multiplies) yield return multiplies;
        foreach (var step in all.Where(s => s.Type == "Elsa.While" && IsAlways(s)))
        {
            var inside = all.Where(a => a.NodeId.StartsWith(step.NodeId + ":", StringComparison.Ordinal)).ToList();
            if (inside.Count == 0 || inside.Exists(a => a.Type is "Elsa.Break" or "Elsa.Finish" or "Elsa.Complete" or "Elsa.Fault")) continue;
            if (inside.Where(a => ReferenceEquals(a.Parent, step.Json)).All(walk.Passes))
                yield return Of(FindingSeverity.Error, "endless-loop", step, $"Steget ’{step.Label}’ upprepas för alltid utan att något väntas in. Lägg in en väntan, eller ett villkor som tar slut.");
        }

        foreach (var flow in all.Where(a => a.Type == "Elsa.Flowchart"))
            foreach (var finding in Loops(FlowShape.Of(flow, all), walk)) yield return finding;
    }

    /// <summary>More than one new run for each: over waits, too, they become twice as many each time.</summary>
    private static Finding? Multiplies(string definitionId, IReadOnlyList<ActivityNode> all, StartedRoutines started)
    {
        var again = all.Where(s => Starting.Contains(s.Type) && started.Starts(s, definitionId)).ToList();
        if (again.Count == 0 || (again.Count == 1 && again[0].Type != Bulk)) return null;
        var what = again.Count == 1
            ? $"Steget ’{again[0].Label}’ startar den här rutinen igen, en gång för varje post. Är de fler än en"
            : $"Stegen {Names(again)} startar den här rutinen igen. Går en körning genom fler än ett av dem";
        return Of(FindingSeverity.Warning, "multiplying-starts", again[0],
            $"{what} blir körningarna fler för varje gång, tills gränsen för hur många som får komma ur samma början stoppar dem.");
    }

    private static string Names(List<ActivityNode> steps) =>
        string.Join(", ", steps.Take(Named).Select(s => $"’{s.Label}’")) + (steps.Count > Named ? $" och {steps.Count - Named} till" : "");

    /// <summary>Arrows back over steps that all pass at once. Whether the way out is ever taken cannot be seen from here.</summary>
    private static IEnumerable<Finding> Loops(FlowShape shape, WaitlessWalk walk)
    {
        var passing = shape.Steps.Values.Where(walk.Passes).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in shape.Steps.Keys.Where(passing.Contains))
        {
            if (told.Contains(id)) continue;
            var ahead = shape.Reachable(Next(id), passing.Contains);
            if (!ahead.Contains(id)) continue;
            var circle = shape.Steps.Values.Where(s => ahead.Contains(s.Id) && shape.Reachable(Next(s.Id), passing.Contains).Contains(id)).ToList();
            told.UnionWith(circle.Select(s => s.Id));
            var names = Names(circle);
            var leaves = circle.Exists(s => shape.From(s.Id).Any(a => circle.TrueForAll(c => c.Id != a.To)));
            yield return Of(leaves ? FindingSeverity.Warning : FindingSeverity.Error, Loop, circle[0], leaves
                ? $"{names} går runt utan att något väntas in. Se till att vägen ut alltid tas till slut."
                : $"{names} går runt för alltid utan att något väntas in. Lägg in en väntan, eller en väg ut.");
        }

        IEnumerable<string> Next(string step) => shape.From(step).Select(a => a.To).Where(passing.Contains);
    }

    /// <summary>A condition that is a plain true, or none at all.</summary>
    private static bool IsAlways(ActivityNode step)
    {
        var condition = step.Json["condition"] is JsonObject wrapped && wrapped["expression"] is JsonObject expression ? expression["value"] : step.Json["condition"];
        return condition?.ToString().Trim().TrimEnd(';').ToLowerInvariant() is "true" or "return true" or "1" or "!0";
    }

    private static Finding Of(FindingSeverity severity, string code, ActivityNode step, string message) =>
        new(severity, code, step.NodeId, step.Id, step.Label, message);
}
