using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>A place is read in one way (S-3, S-6): what is asked for rights is what is stored, and no name is a place that it is not.</summary>
public sealed class PlaceTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Manager = "onk.lokadm";

    private static readonly string[] Reserved =
        ["*", " * ", "\uFF0A", "gemensamt", "GEMENSAMT ", "VGR", "rg", "RÖ", "Region Gävleborg", "region  östergötland", "Västra Götalandsregionen"];

    private static readonly string[] Invisible = ["\u200b", "Onkologimottagning 9\u200b", "\u202eabc", "\u2066*", "gemen\u00adsamt", "\ufeff*", "A\u2800", "a\U000E0041"];

    [Fact]
    public async Task S_3_no_unit_has_a_name_that_is_every_place_or_another_s()
    {
        foreach (var name in Reserved.Concat(Invisible))
        {
            (await host.Post(Manager, "/units", new { name, region = "VGR", verksamhet = "verksamhet-onkologi" })).Should(400).Faults.Should().Contain("name", name);
            (await host.Send(Manager, HttpMethod.Patch, "/units/onk3", new { name })).Should(400).Faults.Should().Contain("name", name);
        }

        foreach (var same in (string[])["onkologimottagning  1", " Onkologimottagning\u00a01", "ONKOLOGIMOTTAGNING 1", "bup-a"])
            (await host.Post(Manager, "/units", new { name = same, region = "VGR", verksamhet = "verksamhet-onkologi" })).Should(409).Faults.Should().Contain("name", same);
        (await host.Post("admin", "/case-types", new { code = "recept9", name = "förnya  RECEPT" })).Should(409).Faults.Should().Contain("name");
        foreach (var name in (string[])["*", "gemensamt"])
            await FluentActions.Awaiting(() => Execute(
                "INSERT INTO reference (kind, id, valid_from, data, changed_at) VALUES ('unit', 'egen', now(), jsonb_build_object('id', 'egen', 'name', $1::text, 'region', 'VGR'), now())", name))
                .Should().ThrowAsync<PostgresException>();
    }

    [Fact]
    public async Task S_3_S_6_even_with_a_unit_of_that_name_nothing_is_written_for_everywhere()
    {
        // As an older database may have it.
        await Execute("ALTER TABLE reference DISABLE TRIGGER reference_names_unit");
        await Execute("""
            INSERT INTO reference (kind, id, valid_from, region, data, changed_at)
            VALUES ('unit', 'stjarna', '2026-01-01', 'VGR', '{"id":"stjarna","name":"*","region":"VGR","verksamhet":"verksamhet-onkologi"}', '2026-01-01')
            """);
        await Execute("ALTER TABLE reference ENABLE TRIGGER reference_names_unit");
        (await host.Get("admin", "/reference-faults")).Should200().Text.Should().Contain("stjarna");

        var n = 0;
        foreach (var place in (string[])["*", " *", "\uFF0A", "*\u200b", "RG", "Region Gävleborg", "rg", "gemensamt", "bup-a", "BUP Exempel A"])
        foreach (var (path, body) in new (string, JsonObject)[]
                 {
                     ("role-assignments", new() { ["person"] = "onk1.hant2", ["role"] = "superanvandare", ["unit"] = place }),
                     ("settings", new() { ["key"] = $"prov{n++}", ["scope"] = place, ["value"] = 1 }),
                     ("routing", new() { ["table"] = "prov", ["units"] = new JsonArray(place) }),
                     ("routing", new() { ["table"] = "prov", ["units"] = new JsonArray("onk1", place) }),
                     ("phrases", new() { ["key"] = $"prov{n}", ["text"] = "Hej", ["unit"] = place }),
                     ("groups", new() { ["name"] = $"Grupp {n}", ["unit"] = place }),
                     ("closures", new() { ["unit"] = place, ["from"] = "2027-01-01", ["to"] = "2027-01-01" }),
                     ("downtimes", new() { ["service"] = "Journalen", ["from"] = "2027-01-01", ["unit"] = place }),
                     ("schedule", new() { ["person"] = "onk1.hant2", ["unit"] = place, ["function"] = "F", ["from"] = "2027-01-01T08:00:00+01:00", ["to"] = "2027-01-01T16:00:00+01:00" }),
                     ("units", new() { ["name"] = $"Enhet {n}", ["region"] = "VGR", ["verksamhet"] = place }),
                 })
        {
            var answer = await host.Post(Manager, "/" + path, body.ToJsonString());
            ((int)answer.Status).Should().BeOneOf([400, 403, 404], $"{path} {place}: {answer.Text}");
        }
    }

    [Fact]
    public async Task The_database_folds_names_as_the_program_does()
    {
        var marks = Enumerable.Range(1, 0x10FFFF).Where(c => c is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c, 0) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || Folded.Of($"a{c}b") == "ab");
        string[] texts = [.. marks.Select(c => $" Å{c}{c}b {c}"), .. Reserved, .. Invisible, "a\u200b\u0308", "ＡＢ  Ｃ"];
        await using var command = host.Source.CreateCommand("SELECT t, coalesce(reference_fold(t), '') FROM unnest($1::text[]) AS t");
        command.Parameters.Add(new() { Value = texts });
        await using var reader = await command.ExecuteReaderAsync();
        var wrong = new List<string>();
        while (await reader.ReadAsync())
            if (Folded.Of(reader.GetString(0)) != reader.GetString(1)) wrong.Add(string.Join(' ', reader.GetString(0).Select(c => ((int)c).ToString("X4", CultureInfo.InvariantCulture))));
        wrong.Should().BeEmpty();
    }

    [Fact]
    public async Task S_7_who_sees_protected_identities_is_widened_only_by_somebody_who_sees_them_and_auditors_are_told()
    {
        const string Key = "skyddadIdentitetBegränsar";
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk1", $$$"""{"settings":{"{{{Key}}}":false}}""")).Should(403);
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk1", """{"settings":{"dagligGenomgång":true}}""")).Should200();
        (await host.Post(Manager, "/settings", new { key = Key, scope = "verksamhet-onkologi", value = false })).Should(403);
        (await host.Post(Manager, "/units", $$$"""{"name":"Öppen","region":"VGR","verksamhet":"verksamhet-onkologi","settings":{"{{{Key}}}":false}}""")).Should(403);
        (await host.Post(Manager, "/settings", new { key = "publicering.fyraÖgon", scope = "verksamhet-onkologi", value = false })).Should(403);
        (await host.Post("admin", "/settings", new { key = Key, scope = "onk2", value = false })).Should(201);
        (await host.Send(Manager, HttpMethod.Patch, $"/settings/{Uri.EscapeDataString(Key)}:onk2", """{"value":null}""")).Should(403);
        (await Count("SELECT count(*) FROM notice WHERE recipient = 'revisor' AND subject = 'Ändrad åtkomst' AND text LIKE '%Onkologimottagning 2%'")).Should().Be(1);
    }

    [Fact]
    public async Task A_unit_s_prefix_type_and_hours_are_what_people_can_use()
    {
        foreach (var prefix in (string[])["HCE\u200b", "../x", "%", "<b>", "*", "A B", "", "A", "-AB", "ABCDEFGHIJK", new string('A', 400)])
            (await host.Send(Manager, HttpMethod.Patch, "/units/onk3", new { numberPrefix = prefix })).Should(400).Faults.Should().Contain("numberPrefix", prefix);
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk3", new { numberPrefix = "hce" })).Should(409);
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk3", new { numberPrefix = "ONK-3Ö" })).Should200();
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk3", new { type = "verksamhet" })).Should(400).Faults.Should().Equal("type");
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "mån-fre": [["08:00", "12:00"], ["11:00", "13:00"]] } }""")).Should(400).Faults.Should().Equal("weekdays");
        (await host.Send(Manager, HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "mån-fre": [["12:00", "13:00"], ["08:00", "12:00"]] } }""")).Should200();
    }

    private async Task Execute(string sql, params object[] values)
    {
        await using var command = host.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> Count(string sql)
    {
        await using var command = host.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
