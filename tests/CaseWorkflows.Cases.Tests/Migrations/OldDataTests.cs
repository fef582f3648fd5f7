using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tests.Reference;
using CaseWorkflows.Host.Database;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Migrations;

/// <summary>
/// Databases as older hosts left them, with what the rules of then let in: they are migrated, nothing is lost, the host starts, and what is no
/// good is told.
/// </summary>
public sealed class OldDataTests
{
    /// <summary>Three forms of one external id, characters that PostgreSQL takes and nothing prints, odd values, names in other case, two with one name.</summary>
    private const string Rows = """
        INSERT INTO cases (id, case_number, region, unit, responsible_unit, case_type, channel, external_id, arrived_at, registered_at, status, changed_at)
        SELECT ('0196f000-0000-7000-8000-00000000000' || n)::uuid, 'OLD-2025-00000' || n, 'VGR', 'onk1', 'onk1', 'radgivning', '1177', x, '2025-01-01', '2025-01-01', 'Inkommet', '2025-01-01'
        FROM (VALUES (1, U&'A\030Asa'), (2, U&'\00C5sa'), (3, U&'\212Bsa'), (4, U&'x\FFFE\FFFF\0001'), (5, NULL), (6, repeat('ö', 1200))) v (n, x);
        INSERT INTO case_content (case_id, patient, sender, subject, body, fields) VALUES
          ('0196f000-0000-7000-8000-000000000001', U&'{"name": "A\030Asa O\0308berg", "personalNumber": "19121212-1212"}', '{}', U&'Fo\0308rfra\030Agan', U&'\FFFE\FFFF\0001\001B\202E', U&'{"o\0308nskema\030Al": "Avboka"}'),
          ('0196f000-0000-7000-8000-000000000002', '{"name": "A", "personalNumber": "19121212+1212"}', NULL, NULL, NULL, '{"a": [1e300, null, true, {"b": "c"}]}'),
          ('0196f000-0000-7000-8000-000000000003', '{"name": "", "personalNumber": "191212121212"}', 'null', '', repeat(U&'e\0301', 40000), '{}'),
          ('0196f000-0000-7000-8000-000000000004', NULL, NULL, repeat(U&'a\0301\0302\0303', 300), 'x', '{}'),
          ('0196f000-0000-7000-8000-000000000005', '{}', '{}', U&'\D83D\DE00', '', '{"": ""}'),
          ('0196f000-0000-7000-8000-000000000006', '{}', '{}', 'Ämne', 'Text', '{"djupt": {"a": {"b": {"c": ["Djuphavet"]}}}}');
        INSERT INTO task (id, instance_id, bookmark_id, activity_id, definition_id, definition_version, case_id, region, unit, title, state, form, outcomes, draft, rules, created_at)
        SELECT gen_random_uuid(), gen_random_uuid(), 'b', 'a', 'prov', 1, c, 'VGR', 'onk1', 'Prova', 'Öppen', form::jsonb, '[]', draft::jsonb, rules, '2025-01-01'
        FROM (VALUES ('0196f000-0000-7000-8000-000000000001'::uuid, '[]', '{"svar": "Utkast"}', '{}'::text[]), (NULL, '[]', 'null', '{ONK-37}'), (NULL, '[]', NULL, '{}')) v (c, form, draft, rules);
        INSERT INTO message (id, case_id, region, direction, kind, sent_at, counts_as_first_response, delivery_state, trial)
        SELECT gen_random_uuid(), '0196f000-0000-7000-8000-000000000001', 'VGR', 'Ut', 'Svar', '2025-01-01', true, s, false FROM unnest(ARRAY['Köat', 'Skickat', 'Något annat']) s;
        INSERT INTO read_log (id, at, person, region, case_id, what, source) SELECT gen_random_uuid(), '2025-01-01', 'borta', 'VGR', id, 'Ärende', 'API' FROM cases;
        """;

    private const string ReferenceRows = """
        INSERT INTO reference (kind, id, valid_from, valid_to, data, changed_at) VALUES
          ('person', 'g1', '-infinity', NULL, '{"id":"g1","displayName":"Gammal","userName":"ADMIN"}', '2026-04-03'),
          ('person', 'g2', '-infinity', NULL, U&'{"id":"g2","displayName":"A\030Asa","userName":"a\030Asa.g"}', '2026-04-03'),
          ('person', 'g3', '-infinity', NULL, '{"id":"g3","displayName":"Åsa","userName":"Åsa.G"}', '2026-04-04'),
          ('person', 'g4', '-infinity', NULL, '{"id":"g4","teams":["ett"]}', '2026-04-03'),
          ('unit', 'g5', '-infinity', NULL, U&'{"id":"g5","name":"Onkologimottagning O\0308stra","region":"VGR"}', '2026-04-03'),
          ('unit', 'g6', '-infinity', NULL, '{"id":"g6","name":"Utan region"}', '2026-04-03'),
          ('role', 'g7', '-infinity', NULL, '[]', '2026-04-03'), ('setting', 'g8', '-infinity', NULL, '7', '2026-04-03'), ('phrase', 'g9', '-infinity', NULL, 'null', '2026-04-03'),
          ('role_assignment', 'g10', '-infinity', NULL, '{"id":"g10","person":"ingen","role":"ingen","unit":"ingenstans"}', '2026-04-03'),
          ('absence', 'g11', '-infinity', NULL, '{"id":"g11","person":"admin","from":"9999-99-99","reason":"annan"}', '2026-04-03'),
          ('case_type', 'g12', '-infinity', NULL, '{"code":"g12","name":"Rådgivning","fields":{"a":1}}', '2026-04-03'),
          ('routing', 'g13', '-infinity', NULL, '{"id":"g13","table":"start","units":"onk1"}', '2026-04-03'),
          ('okänt slag', 'g14', '-infinity', NULL, '{"id":"g14"}', '2026-04-03'),
          ('unit', 'g16', '-infinity', NULL, '{"id":"g16","name":"*","region":"VGR","verksamhet":"verksamhet-onkologi"}', '2026-04-03'),
          ('role_assignment', 'g17', '-infinity', NULL, '{"id":"g17","person":"onk2.mott","role":"arendemottagare","unit":"*","grantedBy":"onk.lokadm"}', '2026-04-03'),
          ('role_assignment', 'g18', '-infinity', NULL, '{"id":"g18","person":"agare","role":"revisor","unit":"*","grantedBy":"admin"}', '2026-04-03'),
          ('role_assignment', 'g20', '-infinity', NULL, '{"id":"g20","person":"agare","role":"revisor","unit":"*","grantedBy":"admin"}', '2026-04-03'),
          ('opening_hours', 'g15', '2026-01-01', '2026-01-01', '{"id":"g15","unit":"onk1"}', '2026-04-03');
        INSERT INTO reference (kind, id, valid_from, data, changed_by, changed_at) VALUES
          ('setting', 'g19', '-infinity', '{"key":"skyddadIdentitetBegränsar","scope":"*","value":false}', 'onk.lokadm', '2026-04-03');
        INSERT INTO account (person_id, user_name, password_hash, changed_at) VALUES
          ('g1', 'ADMIN', 'inget', '2026-04-03'), ('g2', U&'a\030Asa.g', 'inget', '2026-04-03'), ('g3', 'Åsa.G', 'inget', '2026-04-03');
        """;

    // Each begins earlier than the migrations that it tries; a later beginning would try fewer of them on the same rows.
    [Theory]
    [InlineData("1007")]
    [InlineData("1011")]
    [InlineData("1015")]
    public async Task S_2_F_1_what_was_stored_before_lives_on_and_its_faults_are_told(string before)
    {
        await using var database = TestDatabase.Empty();
        (await new Migrator(database.Owner, NullLogger<Migrator>.Instance) { Before = before }.ApplyAsync(DatabaseSchema.Assemblies)).Should().NotContain(n => n.StartsWith(before, StringComparison.Ordinal));
        var unsound = string.CompareOrdinal(before, "1011") <= 0;
        // The seeder is today's; it knows a column that came later.
        if (unsound) await ExecuteAsync(database.Owner, "ALTER TABLE reference ADD COLUMN fault text");
        await new ReferenceSeeder(database.Owner).SeedAsync(Repository.ReferenceFolder, "demo", SeededDatabase.Now, CancellationToken.None);
        if (unsound) await ExecuteAsync(database.Owner, "ALTER TABLE reference DROP COLUMN fault");
        await ExecuteAsync(database.Owner, Rows);
        if (unsound) await ExecuteAsync(database.Owner, ReferenceRows);
        string[] tables = ["cases", "case_content", "task", "message", "read_log", "reference", "account"];
        var held = await CountsAsync(database.Owner, tables);

        await DatabaseSchema.MigrateAsync(database.Owner, new NpgsqlConnectionStringBuilder(database.ConnectionString).Username!, CancellationToken.None);
        await using var host = await TestHost.StartAsync(new TestHostOptions { Database = database, Now = SeededDatabase.Now });

        (await CountsAsync(database.Owner, tables)).Should().Equal(held, "nothing is lost");
        (await ScalarAsync(database.Owner, "SELECT string_agg(external_id, '|' ORDER BY case_number) FROM cases WHERE case_number < 'OLD-2025-000004'")).Should().Be("A\u030Asa|\u00C5sa|\u212Bsa", "chained rows are not rewritten");
        var token = await SignInAsync(host.Client);
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await client.GetAsync("/health/ready")).IsSuccessStatusCode.Should().BeTrue();
        foreach (var q in new[] { "Åsa Öberg", "förfrågan", "191212121212", "djuphavet" })
            (await JsonAsync(client, $"/api/cases?q={Uri.EscapeDataString(q)}"))["items"]!.AsArray().Should().NotBeEmpty(q);
        foreach (var path in new[] { "/api/cases?limit=200", "/api/tasks?view=all&limit=200", "/api/outgoing-messages", "/api/people", "/api/units", "/api/reports/statistik", "/api/notices/undelivered" })
        {
            using var answer = await client.GetAsync(path);
            ((int)answer.StatusCode).Should().BeLessThan(500, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        for (var i = 1; i <= 6; i++)
        {
            foreach (var part in new[] { "", "/messages", "/history", "/print", "/reads" })
            {
                using var answer = await client.GetAsync($"/api/cases/0196f000-0000-7000-8000-00000000000{i}{part}");
                ((int)answer.StatusCode).Should().BeLessThan(500, $"case {i}{part}: {await answer.Content.ReadAsStringAsync()}");
            }
        }

        if (!unsound) return;
        var faults = (await JsonAsync(client, "/api/reference-faults")).AsArray().Select(f => f!["id"]!.ToString()).ToList();
        faults.Should().Contain(["g1", "g3", "g4", "g6", "g7", "g8", "g9", "g11", "g12", "g13", "g16", "g17", "g19"]).And.NotContain(["g18", "g20"]);
    }

    private static async Task<string> SignInAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { userName = "admin", password = "demo" });
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue($"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<Dictionary<string, string>> CountsAsync(NpgsqlDataSource source, string[] tables)
    {
        var counts = new Dictionary<string, string>();
        foreach (var table in tables) counts[table] = await ScalarAsync(source, $"SELECT count(*)::text FROM {table}");
        return counts;
    }

    private static async Task<string> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
