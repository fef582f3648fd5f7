using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Cases.Database;

/// <summary>Typed positional parameters: a null must still tell PostgreSQL its type.</summary>
internal static class Sql
{
    public static NpgsqlParameter Value(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Value(int? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Value(bool? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Value(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>PostgreSQL keeps microseconds; cut here, so that what is compared later is what was stored.</summary>
    public static NpgsqlParameter Value(DateTimeOffset? value) =>
        new() { Value = value is { } v ? new DateTime(v.UtcTicks / 10 * 10, DateTimeKind.Utc) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Value(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Value(IEnumerable<Guid> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    public static NpgsqlParameter Value(byte[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Json(JsonNode? value) =>
        new() { Value = value is null ? DBNull.Value : value.ToJsonString(DomainJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };

    public static NpgsqlParameter Json<T>(T? value) =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, DomainJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>Adds a statement; a parameter is a <see cref="NpgsqlParameter"/> or a value that is never null.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(Parameter(parameter));
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, params ReadOnlySpan<object> parameters)
    {
        foreach (var parameter in parameters) command.Parameters.Add(Parameter(parameter));
        return command;
    }

    private static NpgsqlParameter Parameter(object value) => value switch
    {
        NpgsqlParameter p => p,
        string s => Value(s),
        int i => Value(i),
        bool b => Value(b),
        Guid g => Value(g),
        DateTimeOffset t => Value(t),
        _ => throw new ArgumentException($"No parameter type for {value.GetType()}.", nameof(value))
    };

    /// <summary>The first column of every row.</summary>
    public static async Task<IReadOnlyList<Guid>> IdsAsync(this NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? Int(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static Guid? Uuid(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static DateTimeOffset? Instant(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static T? Json<T>(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : JsonSerializer.Deserialize<T>(reader.GetString(column), DomainJson.Options);
}
