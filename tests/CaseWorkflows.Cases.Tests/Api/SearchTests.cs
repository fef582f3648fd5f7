using System.Text;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>What a search box finds (F-6, F-1).</summary>
public sealed class SearchTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("191212121212")]
    [InlineData("19121212-1212")]
    [InlineData("19121212 1212")]
    [InlineData("121212+1212")]
    [InlineData("121212 + 1212")]
    [InlineData("1212121212")]
    [InlineData("121212-1212")]
    [InlineData("Tolvansson 191212121212")]
    public async Task F_6_a_personal_number_is_found_in_every_way_of_writing_it(string asked)
    {
        var id = await host.Case(new { patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson" } });
        (await Found("/cases", asked, "id")).Should().Contain(id);
        (await Found("/tasks", asked, "caseId")).Should().Contain(id);
    }

    [Theory]
    [InlineData("20121212-K123", "20121212k123")]
    [InlineData("20121212-K123", "121212-K123")]
    [InlineData("19000101-R220", "19000101 R220")]
    [InlineData("991912120001", "99191212-0001")]
    [InlineData("191500882392", "150088+2392")]
    public async Task F_8_F_11_other_numbers_too(string given, string asked)
    {
        var id = await host.Case(new { patient = new { personalNumber = given } });
        (await Found("/cases", asked, "id")).Should().Contain(id);
    }

    [Fact]
    public async Task F_6_words_are_found_and_names_of_fields_are_not()
    {
        var named = await host.Case(new { fields = new Dictionary<string, string> { ["önskemål"] = "snart", ["intygstyp"] = "Omvårdnadsbidrag" } });
        var said = await host.Case(new { text = "Jag har ett önskemål om tid" });
        (await Found("/cases", "önskemål", "id")).Should().Contain(said).And.NotContain(named);
        (await Found("/cases", "INTYGSTYP", "id")).Should().NotContain(named);
        (await Found("/cases", "omvårdnadsbidrag", "id")).Should().Contain(named);
        (await Found("/tasks", "önskemål", "caseId")).Should().Contain(said).And.NotContain(named);
    }

    [Fact]
    public async Task F_6_subject_text_and_names_are_searched_word_by_word()
    {
        var id = await host.Case(new
        {
            subject = "Fråga om blodprov", text = "När kommer\nprovsvaret?", patient = new { name = "Lindgren, Britta" }, sender = new { kind = "Vårdnadshavare", name = "Kalle Blomkvist" }
        });
        foreach (var asked in new[] { "blodprov", "PROVSVARET", "britta lindgren", "Blomkvist blodprov", "fråga provsvaret" })
            (await Found("/cases", asked, "id")).Should().Contain(id, asked);
        (await Found("/cases", "blodprov dromedar", "id")).Should().NotContain(id);
        var number = (await host.Get("admin", $"/cases/{id}")).Body!["caseNumber"]!.ToString();
        (await Found("/cases", number.ToLowerInvariant(), "id")).Should().Contain(id);
        (await Found("/cases", $"{number} blodprov", "id")).Should().Contain(id);
        (await Found("/tasks", number, "caseId")).Should().Contain(id);
    }

    [Fact]
    public async Task F_1_names_are_found_in_either_form_of_writing_them()
    {
        var apart = await host.Case(new { patient = new { name = "Åsa Öberg".Normalize(NormalizationForm.FormD) }, subject = "isär" });
        var composed = await host.Case(new { patient = new { name = "Åsa Öberg".Normalize(NormalizationForm.FormC) }, subject = "ihop" });
        // As rows of before have it.
        await using (var command = host.Source.CreateCommand($"UPDATE case_content SET patient = jsonb_set(patient, '{{name}}', to_jsonb(normalize('Åsa Öberg', NFD))) WHERE case_id = '{apart}'"))
            await command.ExecuteNonQueryAsync();
        foreach (var asked in new[] { "Åsa", "öberg", "Åsa Öberg" })
        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD })
            (await Found("/cases", asked.Normalize(form), "id")).Should().Contain([apart, composed]);
    }

    [Fact]
    public async Task F_6_F_1_a_page_finds_what_the_list_finds()
    {
        var id = await host.Case(new { patient = new { personalNumber = "19121212-1212", name = "A\u030Asa Sidberg" }, fields = new Dictionary<string, string> { ["intygstyp"] = "Sidintyg" } });
        foreach (var asked in new[] { "191212121212", "121212+1212", "åsa sidberg", "A\u030Asa", "sidintyg" })
            (await host.Page("onk.vec", $"/arenden?q={Uri.EscapeDataString(asked)}")).Text.Should().Contain(id, asked);
        foreach (var asked in new[] { "intygstyp", "\0", "%" })
            (await host.Page("onk.vec", $"/arenden?q={Uri.EscapeDataString(asked)}")).Text.Should().Contain("lang=\"sv\"").And.NotContain(id, asked);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("%25")]
    [InlineData("\0")]
    public async Task F_6_what_the_database_reads_as_wild_cards_is_taken_as_it_stands(string asked)
    {
        await host.Case(new { subject = "vanlig" });
        (await Found("/cases", asked, "id")).Should().BeEmpty();
        (await Found("/tasks", asked, "id")).Should().BeEmpty();
    }

    private async Task<IReadOnlyList<string?>> Found(string list, string asked, string id) =>
        [.. (await host.Get("onk.vec", $"{list}{(list == "/tasks" ? "?view=unit&" : "?")}limit=200&q={Uri.EscapeDataString(asked)}")).Should200()
            .Body!["items"]!.AsArray().Select(i => i![id]?.ToString())];
}
