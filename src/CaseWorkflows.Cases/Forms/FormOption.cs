using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseWorkflows.Cases.Forms;

/// <summary>One choice. In JSON a plain string where value and label are the same, else <c>{value, label}</c>.</summary>
[JsonConverter(typeof(Converter))]
public sealed record FormOption(string Value, string Label)
{
    public FormOption(string value) : this(value, value) { }

    public static implicit operator FormOption(string value) => new(value);

    private sealed class Converter : JsonConverter<FormOption>
    {
        public override FormOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new FormOption(reader.GetString()!);
            using var document = JsonDocument.ParseValue(ref reader);
            var value = document.RootElement.GetProperty("value").GetString()!;
            return new FormOption(value, document.RootElement.TryGetProperty("label", out var label) ? label.GetString()! : value);
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
