using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>A version's root flowchart as boxes and lines, where the editor put them.</summary>
public sealed class RoutineDrawing
{
    private const double DefaultWidth = 180, DefaultHeight = 54, Margin = 40;

    private RoutineDrawing(IReadOnlyList<Box> boxes, IReadOnlyList<Line> lines)
    {
        Boxes = boxes;
        Lines = lines;
        if (boxes.Count == 0) return;
        (Left, Top) = (boxes.Min(b => b.X) - Margin, boxes.Min(b => b.Y) - Margin);
        (Right, Bottom) = (boxes.Max(b => b.X + b.Width) + Margin, boxes.Max(b => b.Y + b.Height) + Margin);
    }

    public IReadOnlyList<Box> Boxes { get; }

    public IReadOnlyList<Line> Lines { get; }

    public double Left { get; }

    public double Top { get; }

    public double Right { get; } = 400;

    public double Bottom { get; } = 200;

    /// <param name="kinds">What has become of each step; a step that is not there is the same.</param>
    /// <param name="other">The version on the other side: a connection that is not in it is added or removed.</param>
    /// <param name="lone">What a connection is that stands here only.</param>
    public static RoutineDrawing Draw(JsonObject document, JsonObject other, IReadOnlyDictionary<string, ChangeKind> kinds, ChangeKind lone, ActivityRegistry registry)
    {
        var texts = new SettingTexts(registry);
        var root = (string?)DefinitionDocument.Root(document)?["id"];
        var boxes = new Dictionary<string, Box>(StringComparer.Ordinal);
        var steps = DefinitionDocument.Activities(document).Where(a => a.Parent is not null && (string?)a.Parent["id"] == root).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            var designer = (step.Json["metadata"] as JsonObject)?["designer"] as JsonObject;
            var (position, size) = (designer?["position"] as JsonObject, designer?["size"] as JsonObject);
            boxes.TryAdd(step.Id, new(step.Id, step.Label, texts.TypeName(step), kinds.GetValueOrDefault(step.Id),
                // A step without a place (a sequence, an imported file) stands below the one before it.
                Number(position, "x", 0), Number(position, "y", i * (DefaultHeight + 40)),
                Positive(size, "width", DefaultWidth), Positive(size, "height", DefaultHeight)));
        }

        var elsewhere = RoutineConnection.Read(other).Select(c => c.Key).ToHashSet();
        var lines = RoutineConnection.Read(document)
            .Where(c => c.Chart == root && boxes.ContainsKey(c.From) && boxes.ContainsKey(c.To))
            .Select(c => Connect(boxes[c.From], boxes[c.To], c, elsewhere.Contains(c.Key) ? ChangeKind.Same : lone));
        return new([.. boxes.Values], [.. lines]);
    }

    private static Line Connect(Box from, Box to, RoutineConnection c, ChangeKind kind)
    {
        var points = new List<(double X, double Y)> { (from.X + from.Width, from.Y + from.Height / 2) };
        points.AddRange(c.Bends);
        points.Add((to.X, to.Y + to.Height / 2));
        return new(points, c.Outcome is "Done" ? "" : c.Outcome, kind);
    }

    private static double Number(JsonObject? o, string name, double otherwise) => o?[name] is JsonValue v && v.TryGetValue<double>(out var n) ? n : otherwise;

    private static double Positive(JsonObject? o, string name, double otherwise) => Number(o, name, 0) is > 0 and var n ? n : otherwise;

    /// <summary>A step in the picture.</summary>
    public sealed record Box(string Id, string Label, string TypeName, ChangeKind Kind, double X, double Y, double Width, double Height);

    /// <summary>A connection in the picture, from point to point.</summary>
    public sealed record Line(IReadOnlyList<(double X, double Y)> Points, string Label, ChangeKind Kind);
}
