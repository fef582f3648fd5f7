using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.State;

/// <summary>
/// The stored form: compact JSON with a format number first. Whoever changes it raises <see cref="WorkflowState.CurrentFormat"/> and
/// adds an upcaster from the format before; stored states of every earlier format must go on loading, instances in flight are in them.
/// </summary>
internal static class StateFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>From a format to the next: <c>Upcasters[0]</c> lifts format 1 to 2.</summary>
    private static readonly Func<JsonObject, JsonObject>[] Upcasters = [];

    public static byte[] Write(WorkflowState s)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var w = new Utf8JsonWriter(buffer, Options)) StateWriter.Write(w, s);
        return buffer.WrittenSpan.ToArray();
    }

    public static WorkflowState Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
            using var document = JsonDocument.ParseValue(ref reader);
            var format = document.RootElement.GetProperty("f").GetInt32();
            if (format > WorkflowState.CurrentFormat) throw new StateFormatException($"The stored state has format {format}; this host knows up to {WorkflowState.CurrentFormat}.");
            return format == WorkflowState.CurrentFormat ? StateReader.Read(document.RootElement) : Lift(document.RootElement, format);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new StateFormatException("The bytes are not a workflow state.", e);
        }
    }

    private static WorkflowState Lift(JsonElement root, int format)
    {
        var json = JsonNode.Parse(root.GetRawText()) as JsonObject ?? [];
        if (format < 1) throw new StateFormatException($"There is no format {format}.");
        for (; format < WorkflowState.CurrentFormat; format++) json = Upcasters[format - 1](json);
        using var lifted = JsonDocument.Parse(json.ToJsonString());
        return StateReader.Read(lifted.RootElement);
    }
}
