using CaseWorkflows.Testing;
using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>F-1: what one caller sends never touches another's call on the same connection.</summary>
public sealed class ConnectionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>What fails on this side before anything is sent, and what the server refuses when it binds.</summary>
    public static TheoryData<string> Faults => ["half a pair", "null", "local time"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task F_1_innocent_calls_after_bad_ones_are_answered_and_nothing_else_is_executed(string fault)
    {
        // The settings of before, asked for in the connection string, must not come back that way.
        await using var source = WorkflowDatabase.Open(database.OwnerConnectionString + ";Maximum Pool Size=1;Max Auto Prepare=200;Auto Prepare Min Usages=2");
        var tried = await TryAsync(source, fault, statements: 12, prepare: false);
        tried.Should().Be(Tried.Well(tried));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task F_1_nor_by_statements_that_are_prepared_as_those_of_bursts_are(string fault)
    {
        await using var source = WorkflowDatabase.Open(database.OwnerConnectionString + ";Maximum Pool Size=1");
        var tried = await TryAsync(source, fault, statements: 12, prepare: true);
        tried.Should().Be(Tried.Well(tried));
    }

    [Fact]
    public async Task F_1_the_drivers_own_preparing_does_what_it_is_turned_off_for()
    {
        // Holds the test above to be one that can fail. When a newer driver passes here, the setting may be thought over again.
        var settings = WorkflowDatabase.Tune(new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { MaxPoolSize = 1 });
        settings.MaxAutoPrepare = 3;
        settings.AutoPrepareMinUsages = 2;
        await using var source = NpgsqlDataSource.Create(settings);
        var tried = await TryAsync(source, "half a pair", statements: 8, prepare: false);
        tried.InnocentFailed.Should().BePositive();
    }

    [Theory]
    [InlineData("SELECT '{}'::jsonb, '{}'::json, 'x'::varchar, 'x'::text, ARRAY['{}'::jsonb], ARRAY['x'::text]", null)]
    [InlineData("SELECT $1", NpgsqlDbType.Jsonb)]
    [InlineData("SELECT $1", NpgsqlDbType.Json)]
    [InlineData("SELECT $1", NpgsqlDbType.Varchar)]
    [InlineData("SELECT $1", NpgsqlDbType.Text)]
    [InlineData("SELECT $1", NpgsqlDbType.Array | NpgsqlDbType.Jsonb)]
    [InlineData("SELECT $1", NpgsqlDbType.Array | NpgsqlDbType.Json)]
    [InlineData("SELECT $1", NpgsqlDbType.Array | NpgsqlDbType.Varchar)]
    [InlineData("SELECT $1", NpgsqlDbType.Array | NpgsqlDbType.Text)]
    public async Task F_1_nothing_passes_because_of_what_was_read_or_bound_before_without_a_type_of_its_own(string first, NpgsqlDbType? nothing)
    {
        // The driver remembers how it writes a type of the database, also from a value that had none of ours: a null, or what is read as it comes.
        await using var source = WorkflowDatabase.Open(database.OwnerConnectionString + ";Maximum Pool Size=1");
        await using (var before = source.CreateCommand(first))
        {
            if (nothing is { } bound) before.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = bound });
            await using var read = await before.ExecuteReaderAsync();
            await read.ReadAsync();
            for (var i = 0; i < read.FieldCount; i++) _ = (read.GetValue(i), read.GetFieldType(i));
        }

        foreach (var (type, given, expected) in new[]
                 {
                     (NpgsqlDbType.Text, "x\0", "x\uFFFD"), (NpgsqlDbType.Varchar, "x\0", "x\uFFFD"),
                     (NpgsqlDbType.Jsonb, "{\"a\": \"\\u0000\"}", "{\"a\": \"\uFFFD\"}"), (NpgsqlDbType.Json, "{\"a\":\"\\ud83d\"}", "{\"a\":\"\uFFFD\"}"),
                 })
        {
            await using var command = source.CreateCommand("SELECT $1::text, ($2)[1]::text");
            command.Parameters.Add(new() { Value = given, NpgsqlDbType = type });
            command.Parameters.Add(new() { Value = new[] { given }, NpgsqlDbType = NpgsqlDbType.Array | type });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            (reader.GetString(0), reader.GetString(1)).Should().Be((expected, expected), $"{type} after {first} {nothing}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task F_1_what_is_bound_as_text_is_sound_and_comes_back_whole(bool prepare)
    {
        await using var source = WorkflowDatabase.Open(database.OwnerConnectionString + ";Maximum Pool Size=2");
        await using var connection = await source.OpenConnectionAsync();
        var large = string.Concat(Enumerable.Repeat("Åsa 😀 ", 40_000));
        foreach (var (type, given, expected) in new[]
                 {
                     (NpgsqlDbType.Text, "x\ud83d A\u030A\0", "x\uFFFD Å\uFFFD"), (NpgsqlDbType.Varchar, "\ude00", "\uFFFD"), (NpgsqlDbType.Text, large, large),
                     (NpgsqlDbType.Text, "", ""),
                     (NpgsqlDbType.Jsonb, "{\"a\": \"O\u0308\\u0000\\ud83d\"}", "{\"a\": \"Ö\uFFFD\uFFFD\"}"),
                     (NpgsqlDbType.Json, "{\"a\":\"O\u0308 \\ud83d\\ude00\"}", "{\"a\":\"Ö \\uD83D\\uDE00\"}"), (NpgsqlDbType.Jsonb, "null", "null"),
                 })
        {
            await using var command = new NpgsqlCommand("SELECT $1, ARRAY[$1], $1 IS NULL", connection) { Parameters = { new() { Value = given, NpgsqlDbType = type } } };
            if (prepare) await command.PrepareAsync();
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            reader.GetString(0).Should().Be(expected);
            reader.GetValue(0).Should().Be(expected);
            reader.GetFieldValue<string[]>(1).Should().Equal(expected);
        }

        string[] texts = ["a\0", "O\u0308", "b"];
        await using var array = new NpgsqlCommand("SELECT $1, $2, NULL::jsonb", connection)
        {
            Parameters = { new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = texts.ToList() } },
        };
        if (prepare) await array.PrepareAsync();
        await using var row = await array.ExecuteReaderAsync();
        await row.ReadAsync();
        row.GetFieldValue<string[]>(0).Should().Equal("a\uFFFD", "Ö", "b");
        row.GetFieldValue<List<string>>(1).Should().Equal("a\uFFFD", "Ö", "b");
        row.IsDBNull(2).Should().BeTrue();
    }

    // Every statement writes down that it ran, so that one which nobody asked for is seen.
    private static async Task<Tried> TryAsync(NpgsqlDataSource source, string fault, int statements, bool prepare)
    {
        await using (var table = source.CreateCommand("DROP TABLE IF EXISTS ran; CREATE TABLE ran (statement int, call text)")) await table.ExecuteNonQueryAsync();
        var random = new Random(7);
        var asked = new HashSet<string>();
        var (right, failed, passed) = (0, 0, 0);
        for (var call = 0; call < 600; call++)
        {
            var chosen = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(statements)).ToArray();
            int? bad = random.Next(3) == 0 ? random.Next(chosen.Length) : null;
            foreach (var statement in chosen) asked.Add($"{statement}:{call}");
            try
            {
                var answers = await CallAsync(source, chosen, $"{call}", bad, fault, prepare);
                if (bad is not null) passed++;
                else if (answers.SequenceEqual(chosen.Select(s => $"{s}:{call}"))) right++;
                else failed++;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                if (bad is null) failed++;
            }
        }

        var strangers = 0;
        await using var command = source.CreateCommand("SELECT statement || ':' || call FROM ran");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) strangers += asked.Contains(reader.GetString(0)) ? 0 : 1;
        return new Tried(right, failed, passed, strangers);
    }

    private static async Task<List<string>> CallAsync(NpgsqlDataSource source, int[] statements, string call, int? bad, string fault, bool prepare)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = statements.Length > 1 ? await connection.BeginTransactionAsync() : null;
        await using var batch = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < statements.Length; i++)
        {
            var command = new NpgsqlBatchCommand($"INSERT INTO ran VALUES ({statements[i]}, $1) RETURNING statement || ':' || call");
            command.Parameters.Add(i == bad ? Faulty(fault) : new() { Value = call, NpgsqlDbType = NpgsqlDbType.Text });
            batch.BatchCommands.Add(command);
        }

        if (prepare) await batch.PrepareHotAsync(CancellationToken.None);
        var answers = new List<string>();
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
                while (await reader.ReadAsync()) answers.Add(reader.GetString(0));
            while (await reader.NextResultAsync());
        }

        if (transaction is not null) await transaction.CommitAsync();
        return answers;
    }

    // The parameter is given its own bytes: nothing may mend them on the way, for this is about what happens when something does reach the encoder.
    private static NpgsqlParameter Faulty(string fault) => fault switch
    {
        "half a pair" => new() { Value = "x\ud83d".ToCharArray(), NpgsqlDbType = NpgsqlDbType.Text },
        "null" => new() { Value = "x\0".ToCharArray(), NpgsqlDbType = NpgsqlDbType.Text },
        _ => new() { Value = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local), NpgsqlDbType = NpgsqlDbType.TimestampTz },
    };

    private sealed record Tried(int InnocentRight, int InnocentFailed, int BadPassed, int ExecutedUnasked)
    {
        public static Tried Well(Tried tried) => new(tried.InnocentRight, 0, 0, 0) { InnocentRight = Math.Max(tried.InnocentRight, 1) };
    }
}
