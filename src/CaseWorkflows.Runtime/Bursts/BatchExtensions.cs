using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Runtime;

/// <summary>Positional parameters without ceremony; typed, so that a statement has one prepared form.</summary>
internal static class BatchExtensions
{
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, Guid value) => c.Put(new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, Guid? value) => value is { } v ? c.With(v) : c.Null(NpgsqlDbType.Uuid);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, int value) => c.Put(new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, short value) => c.Put(new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, long value) => c.Put(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, bool value) => c.Put(new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, DateTimeOffset value) =>
        c.Put(new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, DateTimeOffset? value) => value is { } v ? c.With(v) : c.Null(NpgsqlDbType.TimestampTz);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, TimeSpan value) => c.Put(new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, string? value) =>
        value is null ? c.Null(NpgsqlDbType.Text) : c.Put(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, byte[]? value) =>
        value is null ? c.Null(NpgsqlDbType.Bytea) : c.Put(new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, string[] value) =>
        c.Put(new NpgsqlParameter<string[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand c, short[] value) =>
        c.Put(new NpgsqlParameter<short[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });

    private static NpgsqlBatchCommand Null(this NpgsqlBatchCommand c, NpgsqlDbType type) =>
        c.Put(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type });

    private static NpgsqlBatchCommand Put(this NpgsqlBatchCommand c, NpgsqlParameter p)
    {
        c.Parameters.Add(p);
        return c;
    }
}
