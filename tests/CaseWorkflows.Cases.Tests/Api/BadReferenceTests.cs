using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Rows that no call could have stored, written straight into the table: the host starts, serves, and says what it leaves out (S-2).</summary>
public sealed class BadReferenceTests
{
    private static readonly string[] Kinds =
    [
        "region", "unit", "opening_hours", "holiday_override", "person", "role", "role_assignment", "group", "case_type", "routing", "phrase",
        "routine_document", "setting", "absence", "schedule", "presence", "agreement", "closure", "downtime", "okänd"
    ];

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task S_2_whatever_stands_in_the_table_the_host_serves_and_readiness_tells(int seed, bool withoutConstraints)
    {
        await using var database = new TestDatabase();
        var random = new Random(seed);
        await using (var host = await TestHost.StartAsync(new TestHostOptions { Database = database }))
        {
            if (withoutConstraints)
                await database.ExecuteAsOwnerAsync("ALTER TABLE reference DROP CONSTRAINT reference_sound, DROP CONSTRAINT reference_own_id; ALTER TABLE reference DISABLE TRIGGER reference_unique");
            var good = await Documents(database);
            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < 40; i++) await TryInsert(database, random, good);
                await ServesAsync(host, $"seed {seed}, round {round}");
            }
        }

        await using var second = await TestHost.StartAsync(new TestHostOptions { Database = database });
        await ServesAsync(second, $"seed {seed}, started anew");
        var ready = await second.Client.GetAsync("/health/ready");
        var told = JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["parts"]!["reference"]!;
        if (!withoutConstraints) return;
        told["status"]!.ToString().Should().Be("Degraded");
        told["leftOut"]!.AsObject().Count.Should().BeGreaterThan(3);
        var faults = (await (await SignInAsync(second, "admin")).GetFromJsonAsync<JsonArray>("/api/reference-faults"))!;
        faults.Count(f => f!["leftOut"]!.GetValue<bool>()).Should().Be(told["leftOut"]!.AsObject().Sum(k => k.Value!.GetValue<int>()));
        (await (await SignInAsync(second, "onk.lokadm")).GetAsync("/api/reference-faults")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task S_2_readiness_is_503_when_nobody_can_do_anything()
    {
        await using var host = await TestHost.StartAsync();
        (await host.Client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        await Execute(host.Database, "UPDATE reference SET fault = 'Prov' WHERE kind = 'role'");
        var ready = await host.Client.GetAsync("/health/ready");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["parts"]!["reference"]!["status"]!.ToString().Should().Be("Unhealthy");
    }

    [Fact]
    public async Task S_2_a_row_that_is_left_out_is_mended_by_the_system_administrator()
    {
        await using var host = await TestHost.StartAsync();
        await Execute(host.Database, "UPDATE reference SET fault = 'Prov' WHERE kind = 'group'");
        var admin = await SignInAsync(host, "admin");
        await Execute(host.Database, """
            INSERT INTO reference (kind, id, valid_from, data, changed_at, fault) VALUES ('group', 'g1', '-infinity', '{"id":"g1","name":"Gruppen","unit":17}', '2026-04-01', 'Fältet unit har fel form.')
            """);
        (await admin.GetAsync("/api/groups/g1")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var still = await admin.PatchAsJsonAsync("/api/groups/g1", new { note = "hej" });
        still.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var mended = await admin.PatchAsJsonAsync("/api/groups/g1", new { unit = "onk1" });
        mended.StatusCode.Should().Be(HttpStatusCode.OK, await mended.Content.ReadAsStringAsync());
        (await admin.GetFromJsonAsync<JsonObject>("/api/groups/g1"))!["unit"]!.ToString().Should().Be("onk1");
        (await admin.GetFromJsonAsync<JsonArray>("/api/reference-faults"))!.Should().BeEmpty();
    }

    private static async Task ServesAsync(TestHost host, string because)
    {
        (await host.Client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK, because);
        var admin = await SignInAsync(host, "admin");
        foreach (var path in (string[])["me", "people", "units", "role-assignments", "absences", "schedule", "settings", "routing", "phrases", "routines", "groups", "case-types", "closures",
            "downtimes", "reference-faults", "tasks?view=all", "cases", "units/onk1/opening-hours"])
            (await admin.GetAsync("/api/" + path)).StatusCode.Should().Be(HttpStatusCode.OK, $"{because}: {path}");
        foreach (var page in (string[])["", "arenden", "registrera"])
            ((int)(await admin.GetAsync("/" + page)).StatusCode).Should().BeLessThan(500, $"{because}: {page}");
        var integration = await SignInAsync(host, "integration");
        using var made = await integration.PostAsJsonAsync("/api/cases", new { unit = "Onkologimottagning 1", caseType = "Rådgivning", text = "Hej", subject = "Hej" });
        made.StatusCode.Should().Be(HttpStatusCode.Created, $"{because}: {await made.Content.ReadAsStringAsync()}");
        using var changed = await admin.PatchAsJsonAsync("/api/units/onk2", new { address = Guid.NewGuid().ToString() });
        changed.StatusCode.Should().Be(HttpStatusCode.OK, $"{because}: {await changed.Content.ReadAsStringAsync()}");
    }

    private static async Task<HttpClient> SignInAsync(TestHost host, string user)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.ToString());
        return client;
    }

    /// <summary>A row of a random kind: an ordinary document with something changed in it, or anything at all. Refused by the database is as good as left out.</summary>
    private static async Task TryInsert(TestDatabase database, Random random, IReadOnlyList<(string Kind, string Id, string Data)> good)
    {
        var (kind, id, data) = good[random.Next(good.Count)];
        JsonNode? document = random.Next(3) == 0 ? Anything(random, 3) : Mutated((JsonObject)JsonNode.Parse(data)!, random);
        if (random.Next(3) > 0)
        {
            id = $"dålig-{random.Next(1_000_000)}";
            if (document is JsonObject named && random.Next(2) == 0) named["id"] = id;
        }

        if (random.Next(8) == 0) kind = Kinds[random.Next(Kinds.Length)];
        string[] froms = ["-infinity", "2020-01-01", "2026-04-01", "infinity", "20000-01-01", "0044-03-15 BC"];
        var from = froms[random.Next(froms.Length)];
        // A document that is there already gets further versions only as something that cannot be read: else they would be what holds.
        if (!id.StartsWith("dålig", StringComparison.Ordinal)) document = random.Next(2) == 0 ? null : new JsonArray(1, 2);
        try
        {
            await using var command = database.DataSource.CreateCommand(
                $"INSERT INTO reference (kind, id, valid_from, region, data, changed_at) VALUES ($1, $2, '{from}', $3, $4::jsonb, '2026-04-03')");
            foreach (var value in (string?[])[kind, id, random.Next(2) == 0 ? "VGR" : null, document?.ToJsonString() ?? "null"])
                command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("23", StringComparison.Ordinal) || refused.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
        }
    }

    private static JsonObject Mutated(JsonObject document, Random random)
    {
        var fields = document.Select(p => p.Key).ToList();
        for (var i = random.Next(3); i >= 0; i--)
        {
            var field = fields[random.Next(fields.Count)];
            if (random.Next(4) == 0) document.Remove(field);
            else document[random.Next(5) == 0 ? field.ToUpperInvariant() : field] = Anything(random, 2);
        }

        return document;
    }

    private static JsonNode? Anything(Random random, int depth) => random.Next(depth > 0 ? 11 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.Next(-5, 5)),
        3 => JsonNode.Parse("1e300"),
        4 => JsonValue.Create(""),
        5 => JsonValue.Create("*"),
        6 => JsonValue.Create(new string('å', random.Next(3000))),
        7 => JsonValue.Create("2026-02-30"),
        8 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(random, depth - 1))]),
        9 => new JsonArray(new JsonArray("17:00", "08:00"), null),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"{(char)('a' + i)}", Anything(random, depth - 1))))
    };

    private static async Task<IReadOnlyList<(string Kind, string Id, string Data)>> Documents(TestDatabase database)
    {
        await using var command = database.DataSource.CreateCommand("SELECT kind, id, data::text FROM reference ORDER BY kind, id");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, string, string)>();
        while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return found;
    }

    private static async Task Execute(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
