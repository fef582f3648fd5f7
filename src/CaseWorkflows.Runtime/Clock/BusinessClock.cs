using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Business time of this host.</summary>
internal sealed class BusinessClock : IBusinessClock
{
    public const string ReadSql = "SELECT now FROM business_clock";
    private readonly NpgsqlDataSource _data;

    public BusinessClock(NpgsqlDataSource data, WorkflowRuntimeOptions options)
    {
        _data = data;
        Mode = options.ClockMode;
    }

    public ClockMode Mode { get; }

    /// <summary>The machine's time in the database's precision, so that what is written equals what is read back.</summary>
    public static DateTimeOffset MachineNow
    {
        get
        {
            var now = DateTimeOffset.UtcNow;
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        }
    }

    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken ct = default)
    {
        if (Mode == ClockMode.System) return MachineNow;
        await using var c = await _data.OpenConnectionAsync(ct);
        return await NowAsync(c, ct);
    }

    public async ValueTask<DateTimeOffset> NowAsync(NpgsqlConnection c, CancellationToken ct)
    {
        if (Mode == ClockMode.System) return MachineNow;
        await using var command = new NpgsqlCommand(ReadSql, c);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, ct);
    }

    public static async ValueTask<DateTimeOffset> ReadAsync(NpgsqlDataReader reader, CancellationToken ct) =>
        await reader.ReadAsync(ct)
            ? new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero)
            : throw new InvalidOperationException("The manual clock has never been set: RuntimeInitializer has not run on this database.");

    /// <summary>Sets a clock that has never been set.</summary>
    public async Task SeedAsync(DateTimeOffset seed, CancellationToken ct)
    {
        await using var command = _data.CreateCommand("INSERT INTO business_clock (now) VALUES ($1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = seed.UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }
}
