using System.Text.Json;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.State;

/// <summary>Writes the stored form. Absent means empty; ids inside the instance are their running numbers.</summary>
internal static class StateWriter
{
    public static void Write(Utf8JsonWriter w, WorkflowState s)
    {
        w.WriteStartObject();
        w.WriteNumber("f", WorkflowState.CurrentFormat);
        w.WriteString("i", s.InstanceId.ToString("N"));
        w.WriteString("d", s.DefinitionId);
        w.WriteString("v", s.DefinitionVersionId);
        w.WriteNumber("n", s.DefinitionVersion);
        w.WriteNumber("s", (int)s.SubStatus);
        if (s.Status == WorkflowStatus.Finished) w.WriteNumber("st", 1);
        if (s.CorrelationId is not null) w.WriteString("c", s.CorrelationId);
        if (s.Name is not null) w.WriteString("w", s.Name);
        Values(w, "in", s.Input);
        Values(w, "out", s.Output);
        w.WriteNumber("q", s.NextSequence);
        w.WriteNumber("x", s.NextId);
        w.WriteNumber("t", s.CreatedAt.ToUnixTimeMilliseconds());
        w.WriteNumber("u", s.UpdatedAt.ToUnixTimeMilliseconds());
        if (s.FinishedAt is { } finished) w.WriteNumber("e", finished.ToUnixTimeMilliseconds());
        Activities(w, s);
        Bookmarks(w, s);
        Incidents(w, s);
        Children(w, s);
        Scheduled(w, s);
        if (s.KeptOutputs is { Count: > 0 } kept)
        {
            w.WriteStartObject("o");
            foreach (var (activity, outputs) in kept) Values(w, activity, outputs);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private static void Activities(Utf8JsonWriter w, WorkflowState s)
    {
        if (s.Activities.Count == 0) return;
        w.WriteStartArray("a");
        foreach (var a in s.Activities)
        {
            w.WriteStartObject();
            w.WriteNumber("i", a.Number);
            if (a.ParentNumber is { } parent) w.WriteNumber("p", parent);
            w.WriteString("n", a.NodeId);
            if (a.Status != ActivityStatus.Running) w.WriteNumber("s", (int)a.Status);
            w.WriteNumber("t", a.StartedAt.ToUnixTimeMilliseconds());
            if (a.Tag is not null) w.WriteString("g", a.Tag);
            if (a.Counter != 0) w.WriteNumber("c", a.Counter);
            if (a.Breaking) w.WriteBoolean("b", true);
            if (a.FaultCount != 0) w.WriteNumber("x", a.FaultCount);
            Values(w, "v", a.Variables);
            Values(w, "d", a.Data);
            if (a.PendingOutcomes is { } outcomes)
            {
                w.WriteStartArray("o");
                foreach (var outcome in outcomes) w.WriteStringValue(outcome);
                w.WriteEndArray();
            }

            if (a.Flow is { } flow) Flow(w, flow);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    /// <summary>Visits as pairs of index and count, only where there are any; a followed connection's index is written as it is, one not followed as its complement.</summary>
    private static void Flow(Utf8JsonWriter w, FlowState f)
    {
        w.WriteStartArray("f");
        w.WriteNumberValue(f.ActivityVisits.Length);
        w.WriteNumberValue(f.ConnectionVisits.Length);
        w.WriteStartArray();
        for (var i = 0; i < f.ActivityVisits.Length; i++)
        {
            if (f.ActivityVisits[i] == 0) continue;
            w.WriteNumberValue(i);
            w.WriteNumberValue(f.ActivityVisits[i]);
        }

        w.WriteEndArray();
        w.WriteStartArray();
        for (var i = 0; i < f.ConnectionVisits.Length; i++)
        {
            if (f.ConnectionVisits[i] == 0) continue;
            w.WriteNumberValue(f.LastFollowed[i] ? i : ~i);
            w.WriteNumberValue(f.ConnectionVisits[i]);
        }

        w.WriteEndArray();
        if (f.Tokens.Count > 0)
        {
            w.WriteStartArray();
            foreach (var t in f.Tokens) w.WriteNumberValue(t.Blocked ? ~t.Connection : t.Connection);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private static void Bookmarks(Utf8JsonWriter w, WorkflowState s)
    {
        if (s.Bookmarks.Count == 0) return;
        w.WriteStartArray("b");
        foreach (var b in s.Bookmarks)
        {
            w.WriteStartObject();
            w.WriteString("i", b.Id);
            w.WriteString("n", b.Name);
            w.WriteString("a", b.ActivityInstanceId);
            w.WriteString("o", b.NodeId);
            if (b.Key is not null) w.WriteString("k", b.Key);
            if (!b.AutoBurn) w.WriteBoolean("s", true);
            if (s.QuietBookmarks.Contains(b.Id)) w.WriteBoolean("q", true);
            if (b.Payload is not null)
            {
                w.WritePropertyName("p");
                b.Payload.WriteTo(w);
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Incidents(Utf8JsonWriter w, WorkflowState s)
    {
        if (s.Incidents.Count == 0) return;
        w.WriteStartArray("y");
        foreach (var i in s.Incidents)
        {
            w.WriteStartObject();
            w.WriteString("i", i.Id);
            w.WriteString("a", i.ActivityId);
            w.WriteString("n", i.NodeId);
            w.WriteString("c", i.ActivityInstanceId);
            w.WriteString("t", i.ActivityType);
            w.WriteString("m", i.Message);
            if (i.ExceptionType is not null) w.WriteString("e", i.ExceptionType);
            w.WriteNumber("d", i.At.ToUnixTimeMilliseconds());
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Children(Utf8JsonWriter w, WorkflowState s)
    {
        if (s.ChildLinks.Count == 0) return;
        w.WriteStartArray("k");
        foreach (var l in s.ChildLinks)
        {
            w.WriteStartArray();
            w.WriteStringValue(l.ChildId.ToString("N"));
            w.WriteNumberValue(l.Owner);
            if (l.BookmarkId is not null) w.WriteStringValue(l.BookmarkId);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private static void Scheduled(Utf8JsonWriter w, WorkflowState s)
    {
        if (s.Scheduled.Count == 0) return;
        w.WriteStartArray("z");
        foreach (var q in s.Scheduled)
        {
            w.WriteStartObject();
            w.WriteString("n", q.NodeId);
            w.WriteNumber("o", q.Owner);
            if (q.Tag is not null) w.WriteString("g", q.Tag);
            if (q.Variables is not null) Values(w, "v", q.Variables);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void Values(Utf8JsonWriter w, string name, IReadOnlyDictionary<string, object?> values)
    {
        if (values.Count == 0) return;
        w.WritePropertyName(name);
        StateValues.Write(w, values);
    }
}
