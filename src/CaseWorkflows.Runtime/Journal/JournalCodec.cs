using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Journal;

namespace CaseWorkflows.Runtime;

/// <summary>
/// The entries of one burst as one row: what happened (steps, executions, outcomes) in a compact form, and the data (inputs, outputs,
/// messages) apart as JSON, so that it can be removed. A stored format: old rows must be read for ever.
/// </summary>
internal static class JournalCodec
{
    private const byte Format = 1;
    private const int CompressFrom = 160;
    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (byte[] Data, byte[]? Payload) Encode(IReadOnlyList<JournalEntry> entries)
    {
        var w = new CompactWriter();
        w.Byte(Format);
        w.Number(entries.Count);
        w.Instant(entries[0].At);
        var nodes = new Dictionary<string, int>(StringComparer.Ordinal);
        var executions = new Dictionary<string, int>(StringComparer.Ordinal);
        JsonObject? payload = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var e = entries[i];
            w.Text(e.EventName);
            w.Number(e.At.UtcTicks - entries[0].At.UtcTicks);
            WriteExecution(w, e, nodes, executions);
            var extra = e.Payload;
            var outcomes = TakeOutcomes(ref extra);
            w.Number(outcomes.Length);
            foreach (var o in outcomes) w.Text(o);

            var data = Data(e, extra);
            if (data is not null) (payload ??= [])[i.ToString(CultureInfo.InvariantCulture)] = data;
        }

        return (Pack(w.ToArray()), payload is null ? null : Pack(JsonSerializer.SerializeToUtf8Bytes(payload, Json)));
    }

    public static IEnumerable<JournalRecord> Decode(Guid instanceId, int firstSequence, byte[] data, byte[]? payload, bool removed)
    {
        var values = payload is null ? null : JsonNode.Parse(Unpack(payload)) as JsonObject;
        return Decode(instanceId, firstSequence, Unpack(data), values, removed);
    }

    private static List<JournalRecord> Decode(Guid instanceId, int firstSequence, byte[] bytes, JsonObject? values, bool removed)
    {
        var r = new CompactReader(bytes);
        var format = r.Byte();
        if (format != Format) throw new InvalidDataException($"Journal format {format} is newer than this program.");
        var count = (int)r.Number();
        var at = r.Instant();
        var nodes = new List<Node>();
        var executions = new List<Execution>();
        var records = new List<JournalRecord>(count);
        for (var i = 0; i < count; i++)
        {
            var eventName = r.Text()!;
            var ticks = r.Number();
            var x = ReadExecution(ref r, nodes, executions);
            var outcomes = new string[r.Number()];
            for (var o = 0; o < outcomes.Length; o++) outcomes[o] = r.Text()!;

            var d = values?[i.ToString(CultureInfo.InvariantCulture)] as JsonObject;
            var extra = d?["p"]?.DeepClone() as JsonObject;
            if (outcomes.Length > 0) (extra ??= [])["Outcomes"] = new JsonArray([.. outcomes.Select(o => (JsonNode?)JsonValue.Create(o))]);
            records.Add(new JournalRecord
            {
                InstanceId = instanceId, Sequence = firstSequence + i, EventName = eventName, At = at.AddTicks(ticks),
                NodeId = x.Node.Id, ActivityId = x.Node.ActivityId, ActivityType = x.Node.Type, ActivityTypeVersion = x.Node.Version,
                ActivityName = x.Node.Name, ActivityInstanceId = x.Id, ParentActivityInstanceId = x.Parent,
                Message = d?["m"]?.GetValue<string>(), State = d?["s"]?.DeepClone() as JsonObject, Payload = extra,
                Outputs = d?["o"]?.DeepClone() as JsonObject, DataRemoved = removed,
            });
        }

        return records;
    }

    private static string[] TakeOutcomes(ref JsonObject? payload)
    {
        if (payload?["Outcomes"] is not JsonArray list || list.Any(n => n is not JsonValue v || v.GetValueKind() != JsonValueKind.String)) return [];
        var outcomes = list.Select(n => n!.GetValue<string>()).ToArray();
        payload.Remove("Outcomes");
        return outcomes;
    }

    private static JsonObject? Data(JournalEntry e, JsonObject? extra)
    {
        JsonObject? d = null;
        Put("m", e.Message);
        Put("s", e.State is { Count: > 0 } s ? s : null);
        Put("p", extra is { Count: > 0 } ? extra : null);
        Put("o", e.Outputs is { Count: > 0 } o ? o : null);
        return d;

        void Put(string name, JsonNode? value)
        {
            if (value is not null) (d ??= [])[name] = value;
        }
    }

    private static void WriteExecution(CompactWriter w, JournalEntry e, Dictionary<string, int> nodes, Dictionary<string, int> executions)
    {
        if (executions.TryGetValue(e.ActivityInstanceId, out var known))
        {
            w.Number(known + 1);
            return;
        }

        w.Number(0);
        executions.Add(e.ActivityInstanceId, executions.Count);
        WriteId(w, e.ActivityInstanceId);
        if (e.ParentActivityInstanceId is null) w.Byte(0);
        else if (executions.TryGetValue(e.ParentActivityInstanceId, out var parent)) w.Number(parent + 2);
        else
        {
            w.Byte(1);
            WriteId(w, e.ParentActivityInstanceId);
        }

        WriteNode(w, e, nodes);
    }

    private static Execution ReadExecution(ref CompactReader r, List<Node> nodes, List<Execution> executions)
    {
        var code = (int)r.Number();
        if (code > 0) return executions[code - 1];
        var at = executions.Count;
        executions.Add(null!);
        var id = ReadId(ref r);
        var parentCode = (int)r.Number();
        var parent = parentCode switch { 0 => null, 1 => ReadId(ref r), _ => executions[parentCode - 2].Id };
        return executions[at] = new Execution(id, parent, ReadNode(ref r, nodes));
    }

    private static void WriteNode(CompactWriter w, JournalEntry e, Dictionary<string, int> nodes)
    {
        if (nodes.TryGetValue(e.NodeId, out var known))
        {
            w.Number(known + 1);
            return;
        }

        w.Number(0);
        // A node's path is its parent's plus its own id: the parent is most often in the row already.
        var cut = e.NodeId.LastIndexOf(':');
        var parent = cut < 0 ? 0 : nodes.TryGetValue(e.NodeId[..cut], out var p) ? p + 2 : 1;
        nodes.Add(e.NodeId, nodes.Count);
        w.Number(parent);
        if (parent == 1) w.Text(e.NodeId[..cut]);
        var own = e.NodeId[(cut + 1)..];
        w.Text(own);
        w.Text(own == e.ActivityId ? null : e.ActivityId);
        w.Text(e.ActivityType);
        w.Number(e.ActivityTypeVersion);
        w.Text(e.ActivityName);
    }

    private static Node ReadNode(ref CompactReader r, List<Node> nodes)
    {
        var code = (int)r.Number();
        if (code > 0) return nodes[code - 1];
        var at = nodes.Count;
        nodes.Add(null!);
        var parent = (int)r.Number();
        var prefix = parent switch { 0 => "", 1 => r.Text() + ":", _ => nodes[parent - 2].Id + ":" };
        var own = r.Text()!;
        var activityId = r.Text() ?? own;
        return nodes[at] = new Node(prefix + own, activityId, r.Text()!, (int)r.Number(), r.Text());
    }

    /// <summary>Ids of executions are hexadecimal most often: stored as bytes, with their length first; other texts after a zero.</summary>
    private static void WriteId(CompactWriter w, string id)
    {
        if (id.Length is > 0 and < 128 && id.Length % 2 == 0 && id.AsSpan().IndexOfAnyExcept(HexDigits) < 0)
        {
            w.Byte((byte)(id.Length / 2));
            w.Bytes(Convert.FromHexString(id));
            return;
        }

        w.Byte(0);
        w.Text(id);
    }

    private static string ReadId(ref CompactReader r)
    {
        var length = r.Byte();
        return length == 0 ? r.Text()! : Convert.ToHexStringLower(r.Bytes(length));
    }

    /// <summary>First byte 0: as it is; 1: Brotli.</summary>
    private static byte[] Pack(byte[] bytes)
    {
        if (bytes.Length >= CompressFrom)
        {
            var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length) + 1];
            if (BrotliEncoder.TryCompress(bytes, packed.AsSpan(1), out var length, quality: 2, window: 18) && length < bytes.Length)
            {
                packed[0] = 1;
                return packed[..(length + 1)];
            }
        }

        return [0, .. bytes];
    }

    private static byte[] Unpack(byte[] packed)
    {
        if (packed[0] == 0) return packed[1..];
        using var source = new MemoryStream(packed, 1, packed.Length - 1);
        using var brotli = new BrotliStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        brotli.CopyTo(target);
        return target.ToArray();
    }

    private sealed record Node(string Id, string ActivityId, string Type, int Version, string? Name);

    private sealed record Execution(string Id, string? Parent, Node Node);
}
