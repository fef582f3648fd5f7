using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Host.Database;
using CaseWorkflows.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Reference;

/// <summary>What the database takes as reference data, and what becomes of rows that are no good (S-2).</summary>
public sealed class SoundReferenceTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    [Theory]
    [InlineData("admin")]
    [InlineData(" ADMIN ")]
    [InlineData("ａｄｍｉｎ")]
    [InlineData("roB.ssk")]
    [InlineData("ROB.SSK")]
    public async Task S_2_a_user_name_is_one_person_s_whatever_its_case_and_form(string userName) =>
        (await Refused("person", "ny", new JsonObject { ["id"] = "ny", ["displayName"] = "Ny", ["userName"] = userName })).Should().Be("reference.person.userName");

    [Fact]
    public async Task S_2_composed_and_decomposed_letters_are_the_same_name()
    {
        await Insert("person", "åsa-1", new JsonObject { ["id"] = "åsa-1", ["displayName"] = "Åsa", ["userName"] = "Åsa.Ö" });
        (await Refused("person", "åsa-2", new JsonObject { ["id"] = "åsa-2", ["displayName"] = "Åsa", ["userName"] = "A\u030Asa.O\u0308" })).Should().Be("reference.person.userName");
        (await database.ViewAsync()).FindPerson("A\u030ASA.O\u0308")!.Id.Should().Be("åsa-1");
    }

    [Theory]
    [InlineData("unit", """{"id":"ny","name":"ONKOLOGIMOTTAGNING 1","region":"RÖ"}""", "unit.name")]
    [InlineData("unit", """{"id":"ny","name":"vgr","region":"RÖ"}""", "unit.name")]
    [InlineData("unit", """{"id":"ny","name":"hc-exempel","region":"RÖ"}""", "unit.name")]
    [InlineData("unit", """{"id":"ny","name":"Ny","region":"RÖ","numberPrefix":"onk1"}""", "unit.numberPrefix")]
    [InlineData("case_type", """{"id":"ny","code":"ny","name":"Förnyelse av RECEPT"}""", "case_type.name")]
    [InlineData("case_type", """{"id":"ny","code":"ny","name":"Ny","aliases":["Ny sort","Egenremiss"]}""", "case_type.name")]
    [InlineData("phrase", """{"id":"ny","key":"Forsta_aterkoppling","text":"x","region":"VGR"}""", "phrase.key")]
    [InlineData("setting", """{"id":"ny","key":"rutindokument","scope":"VGR","value":"x"}""", "setting.key")]
    [InlineData("setting", """{"id":"ny","key":"fristläge","value":"x"}""", "setting.key")]
    [InlineData("opening_hours", """{"id":"ny","unit":"vc-exempel"}""", "opening_hours.unit")]
    public async Task S_2_names_and_keys_stand_once(string kind, string document, string constraint) =>
        (await Refused(kind, "ny", (JsonObject)JsonNode.Parse(document)!)).Should().Be("reference." + constraint);

    [Fact]
    public async Task S_2_a_name_is_free_again_when_its_row_has_ended_and_two_versions_never_hold_at_once()
    {
        static JsonObject Of(string id) => new() { ["id"] = id, ["displayName"] = "Vikarie", ["userName"] = "vikarien" };
        await Insert("person", "vikarie-1", Of("vikarie-1"), to: "2026-03-01");
        await Insert("person", "vikarie-2", Of("vikarie-2"), from: "2026-03-01");
        (await Refused("person", "vikarie-3", Of("vikarie-3"), from: "2026-02-01", to: "2026-02-15")).Should().Be("reference.person.userName");
        (await Refused("person", "vikarie-2", Of("vikarie-2"), from: "2026-06-01")).Should().Be("reference.validFrom");
    }

    [Theory]
    [InlineData("person", "[]")]
    [InlineData("person", "null")]
    [InlineData("person", """{"id":"ny","displayName":null}""")]
    [InlineData("person", """{"id":"ny","displayName":" "}""")]
    [InlineData("person", """{"id":"ny","displayName":17}""")]
    [InlineData("person", """{"id":"ny","displayName":"Ny","teams":["ett"]}""")]
    [InlineData("person", """{"id":"ny","displayName":"Ny","teams":[1e30]}""")]
    [InlineData("person", """{"id":"ny","displayName":"Ny","utbildad":"2026-02-30"}""")]
    [InlineData("person", """{"id":"ny","displayName":"Ny","employedFrom":"2026-02-03","employedTo":"2026-02-02"}""")]
    [InlineData("person", """{"id":"admin","displayName":"Ny"}""")]
    [InlineData("unit", """{"id":"ny","name":"Ny"}""")]
    [InlineData("unit", """{"id":"ny","name":"Ny","region":"VGR","caseTypeOffers":[1]}""")]
    [InlineData("role", """{"code":"ny","name":"Ny","permissions":"system.admin"}""")]
    [InlineData("role_assignment", """{"id":"ny","person":"admin","role":"revisor"}""")]
    [InlineData("role_assignment", """{"id":"ny","person":"admin","role":"revisor","unit":"*","from":"2026-05-02","to":"2026-05-01"}""")]
    [InlineData("absence", """{"id":"ny","person":"admin","from":"igår","reason":"annan"}""")]
    [InlineData("setting", """{"value":true}""")]
    [InlineData("routing", """{"id":"ny","table":"start","order":1.5}""")]
    public async Task S_2_a_document_that_cannot_be_read_is_not_stored(string kind, string document)
    {
        var add = () => Insert(kind, "ny", document, null, null);
        (await add.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task S_2_a_database_that_holds_two_already_is_migrated_and_the_first_keeps_the_name()
    {
        await using var old = new SeededDatabase();
        await old.InitializeAsync();
        await Execute(old.Owner, """
            DROP INDEX account_folded, cases_late_reply;
            DROP TRIGGER reference_unique ON reference; DROP TRIGGER reference_keep_keys ON reference; DROP TRIGGER reference_names_unit ON reference;
            ALTER TABLE reference DROP COLUMN fault CASCADE, DROP COLUMN keys CASCADE;
            DROP FUNCTION reference_unique, reference_keep_keys, reference_keys, reference_fold, reference_texts, reference_fault, reference_expect,
                reference_visible, reference_names_unit;
            DELETE FROM schema_migration WHERE name LIKE '1011%' OR name LIKE '1019%' OR name LIKE '1023%';
            INSERT INTO reference (kind, id, valid_from, valid_to, data, changed_at) VALUES
                ('person', 'aa', '-infinity', '2026-04-02 13:00+00', '{"id":"aa","displayName":"Ny","userName":"ny"}', '2026-04-02 12:30+00'),
                ('person', 'aa', '2026-04-02 13:00+00', NULL, '{"id":"aa","displayName":"Ny","userName":"Admin"}', '2026-04-02 13:00+00'),
                ('setting', '018f', '-infinity', NULL, '{"key":"fristläge","scope":"*","value":"Annat","id":"018f"}', '2026-04-02 13:00+00'),
                ('unit', 'bb', '-infinity', NULL, '{"id":"bb","name":"Onkologimottagning 1","region":"RÖ"}', '2026-04-02 13:00+00'),
                ('role', 'cc', '-infinity', NULL, '[]', '2026-04-02 13:00+00'),
                ('absence', 'dd', '-infinity', NULL, '{"id":"dd","person":"onk1.hant","from":"2026-13-01","reason":"annan"}', '2026-04-02 13:00+00');
            """);

        await DatabaseSchema.MigrateAsync(old.Owner, new NpgsqlConnectionStringBuilder(old.Source.ConnectionString).Username!, CancellationToken.None, NullLogger<Migrator>.Instance);

        var view = await old.ViewAsync(SeededDatabase.Now.AddDays(1));
        view.FindPerson("admin")!.DisplayName.Should().Be("Administratör");
        view.People.Should().NotContainKey("aa");
        view.FindUnit("Onkologimottagning 1")!.Id.Should().Be("onk1");
        view.Units.Should().ContainKey("bb");
        view.Setting<string>("fristläge", "onk1").Should().Be("StängningEfterNDagar");
        view.Faults.Select(f => (f.Kind, f.Id, f.LeftOut)).Should().BeEquivalentTo(
            [("person", "aa", true), ("setting", "018f", true), ("unit", "bb", false), ("role", "cc", true), ("absence", "dd", true)]);
    }

    [Fact]
    public async Task S_2_of_two_versions_that_hold_at_once_the_later_is_used()
    {
        await using var own = new SeededDatabase();
        await own.InitializeAsync();
        // What two changes, the later one made first, used to leave behind.
        await Execute(own.Owner, """
            UPDATE reference SET valid_to = '2026-05-01' WHERE kind = 'unit' AND id = 'onk1';
            INSERT INTO reference (kind, id, valid_from, region, data, changed_at)
                SELECT kind, id, '2026-05-01', region, data || '{"address":"Ny gata"}', changed_at FROM reference WHERE kind = 'unit' AND id = 'onk1';
            ALTER TABLE reference DISABLE TRIGGER reference_unique;
            INSERT INTO reference (kind, id, valid_from, region, data, changed_at)
                SELECT kind, id, '2026-04-20', region, data || '{"address":"Gamla gatan"}', changed_at FROM reference WHERE kind = 'unit' AND id = 'onk1' AND valid_to IS NOT NULL;
            """);
        (await own.ViewAsync(SeededDatabase.Now.AddDays(20))).Units["onk1"].Address.Should().Be("Gamla gatan");
        (await own.ViewAsync(SeededDatabase.Now.AddDays(60))).Units["onk1"].Address.Should().Be("Ny gata");
    }

    private async Task<string?> Refused(string kind, string id, JsonObject document, string? from = null, string? to = null)
    {
        var add = () => Insert(kind, id, document, from, to);
        var refused = (await add.Should().ThrowAsync<PostgresException>()).Which;
        refused.SqlState.Should().Be(PostgresErrorCodes.UniqueViolation);
        return refused.ConstraintName;
    }

    private Task Insert(string kind, string id, JsonObject document, string? from = null, string? to = null) => Insert(kind, id, document.ToJsonString(), from, to);

    private async Task Insert(string kind, string id, string document, string? from, string? to)
    {
        await using var command = database.Source.CreateCommand("INSERT INTO reference (kind, id, valid_from, valid_to, data, changed_at) VALUES ($1, $2, coalesce($3, '-infinity'), $4, $5::jsonb, $6)");
        foreach (var value in (NpgsqlParameter[])[new() { Value = kind }, new() { Value = id }, Day(from), Day(to), new() { Value = document }, new() { Value = SeededDatabase.Now.AddHours(1) }])
            command.Parameters.Add(value);
        await command.ExecuteNonQueryAsync();

        static NpgsqlParameter Day(string? day) => new()
        {
            Value = day is null ? DBNull.Value : DateTime.SpecifyKind(DateTime.Parse(day, CultureInfo.InvariantCulture), DateTimeKind.Utc), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz
        };
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
