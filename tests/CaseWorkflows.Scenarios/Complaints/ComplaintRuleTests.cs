using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Complaints;

/// <summary>The examples of the complaint rules on a clock that stands still: ONK-27, ONK-31 to ONK-35, X-42, X-46, X-54.</summary>
public sealed class ComplaintRuleTests(MondayMorning monday) : IClassFixture<MondayMorning>
{
    private const string Register = "Registrera i MedControl PRO";
    private const string Direct = "Dirigera till berörd enhet";
    private const string Investigate = "Utred klagomål";
    private const string Answer = "Besvara klagomål";

    private readonly Scenario _s = monday.Scenario;

    [Fact]
    public async Task ONK_27_a_complaint_goes_to_receivers_and_the_function_with_one_weekday()
    {
        var c = await _s.Case("Onkologimottagning 1", "Synpunkter och klagomål");
        (await c.Due()).Should().Be(Scenario.At("2026-11-24 16:30"));
        var task = await _s.Open("onk1.mott.b", c, "Fördela ärende");
        task["outcomes"]!.AsArray().Single(o => o!["preselected"]!.GetValue<bool>())!["name"]!.ToString().Should().Be("Till klagomålsfunktionen");
        (await _s.Inbox("klag", c)).Should().ContainSingle(t => t.Title == "Fördela ärende");
        (await c.Get())["workflowInstances"]!.AsArray().Should().Contain(i => i!["definitionId"]!.ToString() == "su-klagomal");
    }

    [Fact]
    public async Task X_54_only_the_complaints_function_says_that_it_is_no_complaint()
    {
        var c = await _s.Case("Onkologimottagning 1", "Synpunkter och klagomål", With(("arrivedAt", "2026-11-20T10:00:00+01:00")));
        (await c.Due()).Should().Be(Scenario.At("2026-11-23 16:30"));
        (await _s.Do("onk1.mott.a", c, "Fördela ärende", "Inte ett klagomål", With(("motivering", "En fråga")))).ShouldBe(403);
        (await _s.Do("klag", c, "Fördela ärende", "Inte ett klagomål")).ShouldBe400On("motivering");
        (await _s.Do("klag", c, "Fördela ärende", "Inte ett klagomål", With(("motivering", "En fråga")))).ShouldBe(200);
        (await c.Due()).Should().Be(Scenario.At("2026-11-24 16:30"), "the longer limit counts from the same arrival (X-46)");
        (await c.Audited("Omklassat – inte ett klagomål")).Should().BeTrue();
        (await _s.Inbox("klag", c)).Should().BeEmpty();
        (await _s.Inbox("onk1.mott.a", c)).Select(t => t.Title).Should().Equal("Fördela ärende");
        (await _s.Do("onk1.mott.a", c, "Fördela ärende", "Besvara själv", With(("svarstext", "Hej")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.Get())["workflowInstances"]!.AsArray().Count(i => i!["definitionId"]!.ToString() == "x-svarsklocka")
            .Should().Be(1, "one clock follows the case through both routines");
    }

    [Fact]
    public async Task ONK_31_the_MedControl_number_is_needed_and_kept_on_the_case()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat")).ShouldBe400On("medcontrol-nummer");
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-2026-031")))).ShouldBe(200);
        (await c.Get())["fields"]!["medcontrol-nummer"]!.ToString().Should().Be("MC-2026-031");
    }

    [Fact]
    public async Task ONK_32_the_first_feedback_does_not_wait_for_the_registration_and_the_case_stays_open()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, "Skicka första återkoppling", "Skicka", With(("tillägg", "Vi hör av oss i veckan.")))).ShouldBe(200);
        (await c.ClockState()).Should().Be("Uppfylld");
        (await c.Messages()).Single()["text"]!.ToString().Should().Contain("tagit emot").And.Contain("i veckan");
        (await _s.OpenTasks(c)).Should().Equal(Register);
    }

    [Fact]
    public async Task ONK_33_only_the_unit_concerned_investigates_and_may_send_it_back()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-1")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Avdelning 54")), ("vem_besvarar", "Klagomålsfunktionen")))).ShouldBe(200);
        (await _s.Inbox("avd54.ansv", c)).Select(t => t.Title).Should().Equal(Investigate);
        foreach (var other in new[] { "avd69.ansv", "onk1.ansv", "kpe.ansv" }) (await _s.Inbox(other, c)).Should().BeEmpty(other);
        (await _s.Do("avd54.ansv", c, Investigate, "Fel enhet – återsänd")).ShouldBe400On("motivering");
        (await _s.Do("avd54.ansv", c, Investigate, "Fel enhet – återsänd", With(("motivering", "Gäller avdelning 69")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Avdelning 69"))))).ShouldBe(200);
        (await _s.Inbox("avd69.ansv", c)).Select(t => t.Title).Should().Equal(Investigate);
    }

    [Fact]
    public async Task F_9_a_complaint_directed_again_to_several_units_is_investigated_by_each_and_answered_when_all_have_reported()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-9")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Avdelning 54")), ("vem_besvarar", "Berörd enhet")))).ShouldBe(200);
        (await _s.Do("avd54.ansv", c, Investigate, "Fel enhet – återsänd", With(("motivering", "Gäller också prövningsenheten")))).ShouldBe(200);

        var again = With(("berörda_enheter", new JsonArray("Klinisk provningsenhet (KPE)", "Avdelning 54")));
        (await _s.Do("klag", c, Direct, "Dirigera", again)).ShouldBe400On("svarande_enhet");
        again["svarande_enhet"] = "Avdelning 69";
        (await _s.Do("klag", c, Direct, "Dirigera", again)).ShouldBe400On("svarande_enhet");
        again["svarande_enhet"] = "Klinisk provningsenhet (KPE)";
        (await _s.Do("klag", c, Direct, "Dirigera", again)).ShouldBe(200);

        (await _s.Inbox("kpe.ansv", c)).Select(t => t.Title).Should().Equal(Investigate);
        (await _s.Inbox("avd54.ansv", c)).Select(t => t.Title).Should().Equal(Investigate);
        (await _s.Do("kpe.ansv", c, Investigate, "Utredning klar", With(("sammanfattning", "Klart")))).ShouldBe(200);
        (await _s.OpenTasks(c)).Should().NotContain(Answer);
        (await _s.Do("avd54.ansv", c, Investigate, "Utredning klar", With(("sammanfattning", "Klart")))).ShouldBe(200);
        (await _s.Do("avd54.ansv", c, Answer, "Skicka slutsvar", With(("svarstext", "Svar")))).ShouldBe(403);
        (await _s.Do("kpe.ansv", c, Answer, "Skicka slutsvar", With(("svarstext", "Svar")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
    }

    [Fact]
    public async Task F_9_what_was_directed_again_can_be_sent_back_again_while_others_go_on()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-10")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera",
            With(("berörda_enheter", new JsonArray("Avdelning 54", "Avdelning 69")), ("vem_besvarar", "Berörd enhet"), ("svarande_enhet", "Avdelning 69")))).ShouldBe(200);

        // One of two: the other, which answers, is left alone and goes on.
        (await _s.Do("avd54.ansv", c, Investigate, "Fel enhet – återsänd", With(("motivering", "Inte vi")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Klinisk provningsenhet (KPE)", "Avdelning 69"))))).ShouldBe(200);
        (await _s.OpenTasks(c)).Count(t => t == Investigate).Should().Be(2, "the unit that investigates already gets no second task");

        // The one that was directed to sends it back, to two.
        (await _s.Do("kpe.ansv", c, Investigate, "Fel enhet – återsänd", With(("motivering", "Inte heller vi")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Avdelning 54", "Klinisk provningsenhet (KPE)"))))).ShouldBe(200);
        foreach (var unit in new[] { "avd54.ansv", "kpe.ansv", "avd69.ansv" }) (await _s.Inbox(unit, c)).Select(t => t.Title).Should().Equal([Investigate], unit);

        foreach (var unit in new[] { "avd69.ansv", "kpe.ansv", "avd54.ansv" })
        {
            (await _s.OpenTasks(c)).Should().NotContain(Answer);
            (await _s.Do(unit, c, Investigate, "Utredning klar", With(("sammanfattning", "Klart")))).ShouldBe(200);
        }

        (await _s.Do("avd69.ansv", c, Answer, "Skicka slutsvar", With(("svarstext", "Svar")))).ShouldBe(200);
    }

    [Fact]
    public async Task ONK_34_several_units_investigate_and_the_chosen_one_answers_when_all_are_done()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-2")))).ShouldBe(200);
        var direct = With(("berörda_enheter", new JsonArray("Avdelning 54", "Avdelning 69")), ("vem_besvarar", "Berörd enhet"));
        (await _s.Do("klag", c, Direct, "Dirigera", direct)).ShouldBe400On("svarande_enhet");
        direct["svarande_enhet"] = "Avdelning 69";
        (await _s.Do("klag", c, Direct, "Dirigera", direct)).ShouldBe(200);
        (await _s.Do("avd69.ansv", c, Investigate, "Utredning klar", With(("sammanfattning", "Klart")))).ShouldBe(200);
        (await _s.OpenTasks(c)).Should().NotContain(Answer);
        (await _s.Do("avd54.ansv", c, Investigate, "Utredning klar", With(("sammanfattning", "Klart")))).ShouldBe(200);
        (await _s.Do("avd54.ansv", c, Answer, "Skicka slutsvar", With(("svarstext", "Svar")))).ShouldBe(403);
        (await _s.Do("avd69.ansv", c, Answer, "Skicka slutsvar", With(("svarstext", "Svar")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await _s.OpenTasks(c)).Should().BeEmpty("the final answer makes the first feedback needless");
    }

    [Fact]
    public async Task ONK_33_a_question_to_the_resident_comes_back_to_the_investigator()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, Register, "Registrerat", With(("medcontrol-nummer", "MC-3")))).ShouldBe(200);
        (await _s.Do("klag", c, Direct, "Dirigera", With(("berörda_enheter", new JsonArray("Avdelning 54")), ("vem_besvarar", "Klagomålsfunktionen")))).ShouldBe(200);
        (await _s.Do("avd54.ansv", c, Investigate, "Behöver komplettering", With(("svarstext", "Vilken dag var det?")))).ShouldBe(200);
        (await _s.Inbox("avd54.ansv", c)).Should().BeEmpty();
        await _s.Reply(c, "I måndags");
        (await _s.Inbox("avd54.ansv", c)).Select(t => t.Title).Should().Equal(Investigate);
    }

    [Theory]
    [InlineData("Avdelning 52")]
    [InlineData("Strålbehandlingen Sahlgrenska")]
    [InlineData("Strålbehandlingen Borås")]
    [InlineData("Klinisk provningsenhet (KPE)")]
    public async Task ONK_35_and_X_42_units_without_receivers_go_straight_to_the_function(string unit)
    {
        var c = await _s.Case(unit, "Synpunkter och klagomål");
        (await _s.Inbox("klag", c)).Select(t => t.Title).Should().BeEquivalentTo(Register, "Skicka första återkoppling");
        (await _s.OpenTasks(c)).Should().NotContain("Fördela ärende");
    }

    [Fact]
    public async Task A_complaint_that_cannot_be_answered_meets_the_clock_as_a_deviation()
    {
        var c = await Complaint();
        (await _s.Do("klag", c, "Skicka första återkoppling", "Kan inte skickas")).ShouldBe400On("orsak");
        (await _s.Do("klag", c, "Skicka första återkoppling", "Kan inte skickas", With(("orsak", "Anonymt")))).ShouldBe(200);
        (await c.ClockState()).Should().Be("Uppfylld");
        (await c.Messages()).Should().BeEmpty();
        (await c.Audited("utan meddelande")).Should().BeTrue();
    }

    private Task<CaseHandle> Complaint() => _s.Case("Avdelning 54", "Synpunkter och klagomål");
}
