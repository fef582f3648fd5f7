using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>A connection of a flowchart, anywhere in the routine.</summary>
/// <param name="Chart">The id of the flowchart that it stands in.</param>
internal sealed record RoutineConnection(string Chart, string From, string Outcome, string To, string FromLabel, string ToLabel, IReadOnlyList<(double X, double Y)> Bends)
{
    public (string, string, string) Key => (From, Outcome, To);

    public static IReadOnlyList<RoutineConnection> Read(JsonObject document)
    {
        var activities = DefinitionDocument.Activities(document).ToList();
        var labels = activities.GroupBy(a => a.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Label, StringComparer.Ordinal);
        var found = new List<RoutineConnection>();
        foreach (var chart in activities)
        {
            if (chart.Json["connections"] is not JsonArray connections) continue;
            foreach (var connection in connections.OfType<JsonObject>())
            {
                var (from, port) = End(connection["source"], "Done");
                var (to, _) = End(connection["target"], "In");
                if (from is null || to is null) continue;
                found.Add(new(chart.Id, from, port, to, labels.GetValueOrDefault(from, from), labels.GetValueOrDefault(to, to), Vertices(connection)));
            }
        }

        return found;
    }

    private static (string? Activity, string Port) End(JsonNode? end, string otherwise) =>
        end is JsonObject o ? ((string?)o["activity"], (string?)o["port"] ?? otherwise) : (null, otherwise);

    private static List<(double, double)> Vertices(JsonObject connection) =>
        connection["vertices"] is JsonArray vertices ? [.. vertices.OfType<JsonObject>().Select(v => ((double?)v["x"] ?? 0, (double?)v["y"] ?? 0))] : [];
}
