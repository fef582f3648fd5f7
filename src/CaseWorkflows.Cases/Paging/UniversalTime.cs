using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseWorkflows.Cases.Paging;

/// <summary>A place's times are compared by the database, which takes them in UTC alone; whoever has written another zone into a cursor means the same instant.</summary>
internal sealed class UniversalTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime());
}
