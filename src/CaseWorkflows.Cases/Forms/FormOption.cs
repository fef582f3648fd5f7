using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CaseWorkflows.Cases.Forms;

/// <summary>One choice. In JSON a plain string where value and label are the same, else <c>{value, label}</c>.</summary>
[JsonConverter(typeof(Converter))]
public sealed record FormOption(string Value, string Label)
{
    public FormOption(string value) : this(value, value) { }

    public static implicit operator FormOption(string value) => new(value);

    /// <summary>The choices of a row; what is none is left out. Numbers, yes and no are texts here.</summary>
    public static IReadOnlyList<FormOption> Of(JsonArray options) => [.. options.Select(One).OfType<FormOption>()];

    private static FormOption? One(JsonNode? node) => node switch
    {
        JsonValue value => new FormOption(value.ToString()),
        JsonObject o when o["value"] is JsonValue value => new FormOption(value.ToString(), o["label"] is JsonValue label ? label.ToString() : value.ToString()),
        _ => null,
    };

    private sealed class Converter : JsonConverter<FormOption>
    {
        public override FormOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            return One(JsonNode.Parse(ref reader)) ?? throw new JsonException("Ett val är varken en text eller ett värde med etikett.");
        }

        public override void Write(Utf8JsonWriter writer, FormOption value, JsonSerializerOptions options)
        {
            if (value.Value == value.Label)
            {
                writer.WriteStringValue(value.Value);
                return;
            }

            writer.WriteStartObject();
            writer.WriteString("value", value.Value);
            writer.WriteString("label", value.Label);
            writer.WriteEndObject();
        }
    }
}
