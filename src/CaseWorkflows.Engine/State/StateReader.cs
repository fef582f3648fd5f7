using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.State;

/// <summary>Reads the stored form of the current format.</summary>
internal static class StateReader
{
    private static readonly Dictionary<string, object?> Empty = [];

    public static WorkflowState Read(JsonElement e)
    {
        var instance = Guid.ParseExact(e.GetProperty("i").GetString()!, "N");
        var activities = List(e, "a", a => Activity(a, instance));
        var bookmarks = List(e, "b", b => (Bookmark: Bookmark(b), Quiet: b.TryGetProperty("q", out _)));
        return new WorkflowState
        {
            InstanceId = instance,
            DefinitionId = e.GetProperty("d").GetString()!,
            DefinitionVersionId = e.GetProperty("v").GetString()!,
            DefinitionVersion = e.GetProperty("n").GetInt32(),
            SubStatus = (WorkflowSubStatus)e.GetProperty("s").GetInt32(),
            Status = (WorkflowStatus)Int(e, "st"),
            CorrelationId = Text(e, "c"),
            Name = Text(e, "w"),
            Input = Values(e, "in"),
            Output = Values(e, "out"),
            NextSequence = e.GetProperty("q").GetInt32(),
            NextId = e.GetProperty("x").GetInt64(),
            CreatedAt = Time(e.GetProperty("t")),
            UpdatedAt = Time(e.GetProperty("u")),
            FinishedAt = e.TryGetProperty("e", out var finished) ? Time(finished) : null,
            Activities = WithParents(activities),
            Bookmarks = [.. bookmarks.Select(b => b.Bookmark)],
            QuietBookmarks = [.. bookmarks.Where(b => b.Quiet).Select(b => b.Bookmark.Id)],
            Incidents = List(e, "y", Incident),
            ChildLinks = List(e, "k", l => new WorkflowExecution.ChildLink(Guid.ParseExact(l[0].GetString()!, "N"), l.GetArrayLength() > 2 ? l[2].GetString() : null, l[1].GetInt64())),
            Scheduled = List(e, "z", q => new ScheduledState(q.GetProperty("n").GetString()!, q.GetProperty("o").GetInt64(), Text(q, "g"), q.TryGetProperty("v", out _) ? Values(q, "v") : null)),
            KeptOutputs = e.TryGetProperty("o", out var kept) ? kept.EnumerateObject().ToDictionary(p => p.Name, p => StateValues.ReadObject(p.Value)) : null,
        };
    }

    private static List<ActivityState> WithParents(List<ActivityState> activities)
    {
        var byNumber = activities.ToDictionary(a => a.Number, a => a.Id);
        return [.. activities.Select(a => a.ParentNumber is { } p ? a with { ParentId = byNumber.GetValueOrDefault(p) } : a)];
    }

    private static ActivityState Activity(JsonElement a, Guid instance)
    {
        var number = a.GetProperty("i").GetInt64();
        return new ActivityState(
            InstanceIds.Of(instance, number), null, a.GetProperty("n").GetString()!,
            a.TryGetProperty("s", out var s) ? (ActivityStatus)s.GetInt32() : ActivityStatus.Running,
            Time(a.GetProperty("t")), Values(a, "v"), Values(a, "d"), Text(a, "g"))
        {
            Number = number,
            ParentNumber = a.TryGetProperty("p", out var p) ? p.GetInt64() : null,
            Counter = Int(a, "c"),
            Breaking = a.TryGetProperty("b", out _),
            FaultCount = Int(a, "x"),
            PendingOutcomes = a.TryGetProperty("o", out var o) ? [.. o.EnumerateArray().Select(v => v.GetString()!)] : null,
            Flow = a.TryGetProperty("f", out var f) ? Flow(f) : null,
        };
    }

    private static FlowState Flow(JsonElement f)
    {
        var flow = new FlowState(f[0].GetInt32(), f[1].GetInt32());
        for (var i = 0; i < f[2].GetArrayLength(); i += 2) flow.ActivityVisits[f[2][i].GetInt32()] = f[2][i + 1].GetInt32();
        for (var i = 0; i < f[3].GetArrayLength(); i += 2)
        {
            var index = f[3][i].GetInt32();
            var connection = index < 0 ? ~index : index;
            flow.LastFollowed[connection] = index >= 0;
            flow.ConnectionVisits[connection] = f[3][i + 1].GetInt32();
        }

        if (f.GetArrayLength() > 4)
        {
            foreach (var t in f[4].EnumerateArray())
            {
                var index = t.GetInt32();
                flow.Tokens.Add(new FlowState.Token(index < 0 ? ~index : index) { Blocked = index < 0 });
            }
        }

        return flow;
    }

    private static Bookmark Bookmark(JsonElement b)
    {
        var node = b.GetProperty("o").GetString()!;
        return new Bookmark(
            b.GetProperty("i").GetString()!, b.GetProperty("n").GetString()!, node, node[(node.LastIndexOf(':') + 1)..], b.GetProperty("a").GetString()!,
            Text(b, "k"), b.TryGetProperty("p", out var p) ? JsonNode.Parse(p.GetRawText()) : null, !b.TryGetProperty("s", out _));
    }

    private static Incident Incident(JsonElement i) => new(
        i.GetProperty("i").GetString()!, i.GetProperty("a").GetString()!, i.GetProperty("n").GetString()!, i.GetProperty("c").GetString()!,
        i.GetProperty("t").GetString()!, i.GetProperty("m").GetString()!, Text(i, "e"), Time(i.GetProperty("d")));

    private static List<T> List<T>(JsonElement e, string name, Func<JsonElement, T> read) =>
        e.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(read)] : [];

    private static Dictionary<string, object?> Values(JsonElement e, string name) => e.TryGetProperty(name, out var v) ? StateValues.ReadObject(v) : Empty;

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var v) ? v.GetString() : null;

    private static int Int(JsonElement e, string name) => e.TryGetProperty(name, out var v) ? v.GetInt32() : 0;

    private static DateTimeOffset Time(JsonElement e) => DateTimeOffset.FromUnixTimeMilliseconds(e.GetInt64());
}
