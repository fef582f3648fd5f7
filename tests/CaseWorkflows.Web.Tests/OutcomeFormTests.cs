using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.Forms;
using Microsoft.Extensions.Primitives;

namespace CaseWorkflows.Web.Tests;

public sealed class OutcomeFormTests
{
    private static readonly string[] Doctor = ["Kräver läkare"];

    private static readonly FormField[] Fields =
    [
        new() { Label = "Team", Type = FieldType.Choice, Options = ["1", "2", "3", "okänt"], RequiredFor = Doctor, VisibleFor = Doctor, Value = 3 },
        new() { Label = "Svarstext", Type = FieldType.LongText, RequiredFor = ["Besvara själv"], Help = "Skickas till invånaren." },
        new() { Label = "Intern notering", Type = FieldType.Text },
    ];

    private static readonly TaskOutcome[] Outcomes =
    [
        new("Besvara själv"), new("Kräver läkare") { Preselected = true }, new("Till klagomålsfunktionen") { DisabledReason = "Gäller bara klagomål." },
    ];

    private static Task<string> RenderAsync(FormState state) => Html.RenderAsync<OutcomeForm>(new { State = state, Action = "/uppgifter/1" });

    [Fact]
    public async Task Outcomes_are_a_choice_with_their_exact_names_the_preselected_one_first_and_one_button_sends()
    {
        var html = await RenderAsync(new FormState { Fields = Fields, Outcomes = Outcomes, Armed = "Kräver läkare" });

        var outcomes = Html.AllTags(html, "input").Where(i => Html.Attribute(i, "name") == "outcome").ToList();
        outcomes.Select(o => Html.Attribute(o, "value")).Should().Equal("Kräver läkare", "Besvara själv", "Till klagomålsfunktionen");
        outcomes.Should().OnlyContain(o => Html.Attribute(o, "type") == "radio");
        Html.Has(outcomes[0], "checked").Should().BeTrue();
        Html.Has(outcomes[2], "disabled").Should().BeTrue();
        Html.Text(html).Should().Contain("Gäller bara klagomål.");
        Html.AllTags(html, "button").Should().ContainSingle().Which.Should().Contain("cw-button-primary");
    }

    [Fact]
    public async Task A_field_tells_for_which_outcomes_it_is_shown_and_required()
    {
        var html = await RenderAsync(new FormState { Fields = Fields, Outcomes = Outcomes });

        var team = Html.Tag(html, "data-field", "team");
        Html.Attribute(team, "data-visible-for").Should().Be("Kräver läkare");
        Html.Attribute(team, "data-required-for").Should().Be("Kräver läkare");
        Html.Text(html).Should().Contain("för ”Kräver läkare”");
    }

    [Fact]
    public async Task Few_choices_are_radio_buttons_and_the_prefilled_one_is_chosen()
    {
        var html = await RenderAsync(new FormState { Fields = Fields, Outcomes = Outcomes });

        var radios = Html.AllTags(html, "input").Where(i => Html.Attribute(i, "type") == "radio" && Html.Attribute(i, "name") == "f.team").ToList();
        radios.Should().HaveCount(4);
        radios.Single(r => Html.Has(r, "checked")).Should().Contain("value=\"3\"");
    }

    [Fact]
    public async Task Errors_stand_at_their_fields_and_in_a_summary_and_what_was_typed_stays()
    {
        var html = await RenderAsync(new FormState
        {
            Fields = Fields,
            Outcomes = Outcomes,
            Armed = "Besvara själv",
            Sent = new Dictionary<string, StringValues> { ["f.team"] = "2", ["f.intern_notering"] = "Ring <hem>" },
            Errors = new Dictionary<string, string[]> { ["svarstext"] = ["Svarstext krävs"], ["revision"] = ["Uppgiften är ändrad"] },
        });

        var area = Html.Tag(html, "name", "f.svarstext");
        Html.Attribute(area, "aria-invalid").Should().Be("true");
        Html.Attribute(area, "aria-describedby").Should().Be("f-svarstext-fel f-svarstext-hjalp");
        html.Should().Contain("id=\"f-svarstext-fel\"").And.Contain("href=\"#f-svarstext\"");
        Html.Text(html).Should().Contain("2 uppgifter behöver rättas").And.Contain("Uppgiften är ändrad");
        Html.Attribute(Html.Tag(html, "name", "f.intern_notering"), "value").Should().Be("Ring <hem>");
        Html.AllTags(html, "input").Single(r => Html.Has(r, "checked") && Html.Attribute(r, "name") == "f.team").Should().Contain("value=\"2\"");
        Html.Attribute(Html.AllTags(html, "form")[0], "data-armed").Should().Be("Besvara själv");
    }

    [Fact]
    public async Task A_message_to_the_resident_is_shown_in_full_with_its_recipient_and_the_button_says_that_it_is_sent()
    {
        var preview = new CompletionPreview("Besvara själv", [new PreviewedMessage("Svar", "Tolvan Tolvansson", "1177 e-tjänster", "Hej <du>!\nAllt väl.", false)], Closes: true);

        var html = await Html.RenderAsync<OutcomeForm>(new
        {
            State = new FormState { Fields = Fields, Outcomes = Outcomes, Armed = "Besvara själv" }, Action = "/uppgifter/1", Preview = preview,
        });

        Html.Text(html).Should().Contain("Till: Tolvan Tolvansson").And.Contain("Hej <du>!\nAllt väl.").And.Contain("Skicka svar och avsluta");
        Html.Attribute(Html.Tag(html, "name", "sett"), "value").Should().Be(preview.Seal);
    }

    [Fact]
    public void A_seal_stands_for_outcome_recipient_and_text_and_for_nothing_else()
    {
        var one = new CompletionPreview("A", [new PreviewedMessage("Svar", "Tolvan", "1177", "Hej", false)], false);

        (one with { Closes = true }).Seal.Should().Be(one.Seal);
        new CompletionPreview("B", one.Messages, false).Seal.Should().NotBe(one.Seal);
        new CompletionPreview("A", [one.Messages[0] with { Text = "Hej!" }], false).Seal.Should().NotBe(one.Seal);
        new CompletionPreview("A", [one.Messages[0] with { Recipient = "Trettan" }], false).Seal.Should().NotBe(one.Seal);
        new CompletionPreview("A", [], false).Seal.Should().NotBe(one.Seal);
    }

    [Theory]
    [InlineData(FieldType.Text, "text")]
    [InlineData(FieldType.Date, "date")]
    [InlineData(FieldType.Time, "time")]
    [InlineData(FieldType.DateTime, "datetime-local")]
    [InlineData(FieldType.Number, "text")]
    [InlineData(FieldType.File, "file")]
    [InlineData(FieldType.Boolean, "checkbox")]
    public async Task Each_type_has_its_control(string type, string inputType)
    {
        var html = await RenderAsync(new FormState { Fields = [new FormField { Label = "Fält", Type = type }] });

        Html.Attribute(Html.Tag(html, "id", "f-fält"), "type").Should().Be(inputType);
        Html.Attribute(Html.AllTags(html, "form")[0], "enctype").Should().Be(type == FieldType.File ? "multipart/form-data" : null);
    }

    [Theory]
    [InlineData(FieldType.Person, "Bengt")]
    [InlineData(FieldType.Unit, "Mottagning")]
    [InlineData(FieldType.MultiUnit, "Mottagning")]
    [InlineData(FieldType.Phrase, "Hälsning")]
    public async Task People_units_and_phrases_come_from_the_organisation(string type, string expected)
    {
        var html = await RenderAsync(new FormState
        {
            Fields = [new FormField { Label = "Fält", Type = type }],
            Choices = new FormChoices
            {
                People = [new FormOption("p", "Bengt")], Units = [new FormOption("u", "Mottagning")], Phrases = [new PhraseChoice("f", "Hälsning", "Hej!")],
            },
        });

        Html.Text(html).Should().Contain(expected);
    }

    [Fact]
    public async Task Rows_have_one_control_each_named_by_case_and_column()
    {
        var rows = new JsonArray(
            new JsonObject { ["key"] = "a", ["caseNumber"] = "N-1", ["reasons"] = new JsonArray("Ej påbörjat") },
            new JsonObject { ["key"] = "b", ["caseNumber"] = "N-2", ["options"] = new JsonArray("Bara denna") });
        var field = new FormField
        {
            Label = "Genomgång", Type = FieldType.Rows, Value = rows,
            Rows = [new FormField { Key = "value", Label = "Åtgärd", Type = FieldType.Choice, Options = ["Klar", "Påmind"] }],
        };

        var html = await RenderAsync(new FormState { Fields = [field] });

        Html.Attribute(Html.Tag(html, "name", "f.genomgång.0.value"), "aria-label").Should().Be("Åtgärd för N-1");
        Html.Attribute(Html.Tag(html, "name", "f.genomgång.1.key"), "value").Should().Be("b");
        Html.Text(html).Should().Contain("Ej påbörjat").And.Contain("Bara denna");
    }
}
