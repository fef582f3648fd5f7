using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>The examples of the oncology rules, one test each, on a clock that stands still.</summary>
public sealed class OncologyRuleTests(MondayMorning monday) : IClassFixture<MondayMorning>
{
    private const string Unit = "Onkologimottagning 1";
    private const string Distribute = "Fördela ärende";
    private const string Handle = "Handlägg ärende";

    private readonly Scenario _s = monday.Scenario;

    [Fact]
    public async Task ONK_08_a_new_case_is_a_task_for_its_receivers_until_it_is_distributed()
    {
        var c = await _s.Case(Unit, "Förnya recept");
        (await c.Status()).Should().Be("Inkommet");
        (await _s.Inbox("onk1.mott.b", c)).Select(t => t.Title).Should().Equal(Distribute);
        (await _s.Inbox("onk2.mott", c)).Should().BeEmpty();
    }

    [Fact]
    public async Task ONK_11_and_12_a_distributed_case_stands_in_my_cases_with_one_notice_without_patient_data()
    {
        var c = await Distributed();
        var mine = await _s.Tasks("onk1.hant", $"view=mine&case={c.Id}");
        mine.Should().ContainSingle(t => t.Title == Handle);
        (await c.Status()).Should().Be("Fördelat");
        var outcomes = Names(await _s.Task("onk1.hant", mine[0].Id));
        outcomes.Should().Contain(["Svara och avsluta", "Delsvar", "Motfråga", "Fördela vidare"]);
        var notices = (await c.Notices()).Where(n => n["to"]!.ToString() == "onk1.hant").ToList();
        notices.Should().ContainSingle();
        notices[0]["text"]!.ToString().Should().NotContain("Tolvan").And.NotContain("19121212");
    }

    [Fact]
    public async Task ONK_14_the_receiver_answers_directly_and_the_case_is_closed()
    {
        var c = await _s.Case(Unit, "Skicka meddelande");
        (await _s.Do("onk1.mott.a", c, Distribute, "Besvara själv")).ShouldBe400On("svarstext");
        (await _s.Do("onk1.mott.a", c, Distribute, "Besvara själv", With(("text", "Hej, ja.")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.Messages()).Select(m => m["kind"]!.ToString()).Should().Equal("Svar");
        (await _s.Tasks("admin", $"view=all&case={c.Id}")).Should().NotContain(t => t.Title == Handle);
    }

    [Fact]
    public async Task ONK_15_a_partial_reply_meets_the_clock_and_the_case_stays_with_its_sender()
    {
        var c = await Distributed();
        (await _s.Do("onk1.hant", c, Handle, "Delsvar", With(("svarstext", "Vi återkommer.")))).ShouldBe(200);
        (await c.Status()).Should().Be("Delsvar skickat");
        (await c.ClockState()).Should().Be("Uppfylld");
        (await _s.Tasks("onk1.hant", $"view=mine&case={c.Id}")).Should().ContainSingle(t => t.Title == Handle);
    }

    [Theory]
    [InlineData("Av/omboka tid", null, true)]
    [InlineData("Förnya recept", "Kräver läkare", false)]
    [InlineData("Kontakta mig", null, true)]
    [InlineData("Fråga om min remiss", "Besvara själv", false)]
    [InlineData("Begära/förnya intyg", "Kräver läkare", false)]
    [InlineData("Rådgivning", null, true)]
    [InlineData("Skicka meddelande", null, true)]
    [InlineData("Fakturafrågor", "Hänvisa till patientfaktura", true)]
    [InlineData("Stöd och behandling", null, false)]
    public async Task ONK_19_to_26_each_case_type_has_its_route(string type, string? preselected, bool handlersToo)
    {
        var c = await _s.Case(Unit, type);
        var task = await _s.Open("onk1.mott.a", c, Distribute);
        task["outcomes"]!.AsArray().Where(o => o!["preselected"]!.GetValue<bool>()).Select(o => o!["name"]!.ToString()).SingleOrDefault().Should().Be(preselected);
        Names(task).Contains("Hänvisa till patientfaktura").Should().Be(type == "Fakturafrågor");
        (await _s.Inbox("onk1.hant", c)).Any().Should().Be(handlersToo);
    }

    [Fact]
    public async Task ONK_16_and_17_a_doctor_needs_a_team()
    {
        var c = await _s.Case(Unit, "Begära/förnya intyg");
        var answer = await _s.Do("onk1.mott.a", c, Distribute, "Kräver läkare");
        answer.ShouldBe400On("team");
        answer.Body!["errors"]!["team"]![0]!.ToString().Should().Be("Team krävs");
    }

    [Fact]
    public async Task X_55_an_unknown_team_gets_a_paper_copy_that_can_become_a_time_book()
    {
        var c = await _s.Case(Unit, "Förnya recept");
        (await _s.Do("onk1.mott.a", c, Distribute, "Kräver läkare", With(("team", "okänt")))).ShouldBe(200);
        const string Paper = "Skriv ut papperskopia och lämna till läkare";
        Names(await _s.Open("onk1.mott.a", c, Paper)).Should().Contain("Team 3 – skapa tidbok");
        (await _s.Do("onk1.mott.a", c, Paper, "Team 3 – skapa tidbok")).ShouldBe(200);
        (await _s.OpenTasks(c)).Should().Equal("Skapa tidbok i ELVIS");
    }

    [Fact]
    public async Task ONK_17_a_known_team_has_no_way_back_to_the_time_book()
    {
        var c = await _s.Case(Unit, "Förnya recept");
        (await _s.Do("onk1.mott.a", c, Distribute, "Kräver läkare", With(("team", 2)))).ShouldBe(200);
        Names(await _s.Open("onk1.mott.a", c, "Skriv ut papperskopia och lämna till läkare")).Should().NotContain("Team 3 – skapa tidbok");
    }

    [Fact]
    public async Task ONK_21_contact_me_needs_its_character()
    {
        var c = await _s.Case(Unit, "Kontakta mig");
        (await _s.Do("onk1.mott.a", c, Distribute, "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe400On("karaktär");
        (await _s.Do("onk1.mott.a", c, Distribute, "Fördela till ärendehanterare", With(("mottagare", "onk1.hant"), ("karaktär", "vårdfråga")))).ShouldBe(200);
    }

    [Fact]
    public async Task ONK_26_invoice_questions_are_referred_with_a_standard_reply()
    {
        var c = await _s.Case(Unit, "Fakturafrågor");
        (await _s.Do("onk1.mott.a", c, Distribute, "Hänvisa till patientfaktura")).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med standardsvar");
        (await c.Messages()).Should().ContainSingle(m => m["kind"]!.ToString() == "Standardsvar" && m["text"]!.ToString().Contains("patientfaktura"));
    }

    [Fact]
    public async Task ONK_27_and_X_46_a_case_found_to_be_a_complaint_keeps_its_arrival_and_gets_the_shorter_limit()
    {
        var c = await _s.Case(Unit, "Skicka meddelande", With(("arrivedAt", "2026-11-18T10:00:00+01:00")));
        (await c.Due()).Should().Be(Scenario.At("2026-11-20 16:30"));
        (await _s.Do("onk1.mott.a", c, Distribute, "Till klagomålsfunktionen")).ShouldBe(200);
        (await c.Due()).Should().Be(Scenario.At("2026-11-19 16:30"));
        (await c.ClockState()).Should().Be("Överskriden");
        (await c.Status()).Should().Be("Överfört till klagomål");
        (await _s.Inbox("klag", c)).Should().Contain(t => t.Title == Distribute);
    }

    [Fact]
    public async Task ONK_28_the_distributed_handler_closes_and_the_role_is_kept()
    {
        var c = await Distributed();
        (await _s.Do("onk.lakare", c, Handle, "Svara och avsluta", With(("svarstext", "Nej")))).ShouldBe(403);
        (await _s.Do("onk1.hant", c, Handle, "Svara och avsluta")).ShouldBe400On("svarstext");
        (await _s.Do("onk1.hant", c, Handle, "Svara och avsluta", With(("svarstext", "Ja")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.Audit()).Should().Contain(h => h["event"]!.ToString() == "Ärendet avslutat" && h["actor"]!["role"]!.ToString() == "ärendehanterare");
        (await _s.Do("onk1.hant", c, Handle, "Svara och avsluta", With(("svarstext", "Ja")))).ShouldBe(409);
    }

    [Fact]
    public async Task ROLL_18_and_X_52_a_colleague_of_the_team_takes_over_with_a_reason()
    {
        var c = await Distributed();
        (await _s.Do("onk3.mott", c, Handle, "Svara och avsluta", With(("svarstext", "Nej")))).ShouldBe(403);
        (await _s.Do("onk1.hant2", c, Handle, "Svara och avsluta", With(("svarstext", "Ja")))).ShouldBe400On("skäl");
        (await _s.Do("onk1.hant2", c, Handle, "Svara och avsluta", With(("svarstext", "Ja"), ("skäl", "Kollegan har gått hem")))).ShouldBe(200);
        (await c.Audit()).Should().Contain(h => h["reason"] != null && h["reason"]!.ToString().Contains("gått hem"));
    }

    [Fact]
    public async Task X_43_a_handler_distributes_onwards_and_returns()
    {
        var c = await Distributed();
        (await _s.Do("onk1.hant", c, Handle, "Fördela vidare")).ShouldBe400On("mottagare");
        (await _s.Do("onk1.hant", c, Handle, "Fördela vidare", With(("mottagare", "onk1.hant2")))).ShouldBe(200);
        (await _s.Tasks("onk1.hant2", $"view=mine&case={c.Id}")).Should().ContainSingle(t => t.Title == Handle);
        (await _s.Do("onk1.hant2", c, Handle, "Återlämna till ärendemottagare")).ShouldBe(200);
        (await c.Status()).Should().Be("Inkommet");
        (await _s.Inbox("onk1.mott.a", c)).Select(t => t.Title).Should().Equal(Distribute);
    }

    [Fact]
    public async Task Wrong_clinic_moves_the_case_with_arrival_and_clock()
    {
        var c = await _s.Case(Unit, "Rådgivning", With(("arrivedAt", "2026-11-20T15:00:00+01:00")));
        var due = await c.Due();
        (await _s.Do("onk1.mott.a", c, Distribute, "Fel mottagning eller ärendetyp")).ShouldBe400On("enhet");
        (await _s.Do("onk1.mott.a", c, Distribute, "Fel mottagning eller ärendetyp", With(("ärendetyp", "")))).ShouldBe400On("enhet");
        (await _s.Do("onk1.mott.a", c, Distribute, "Fel mottagning eller ärendetyp", With(("enhet", "Onkologimottagning 3")))).ShouldBe(200);
        (await _s.Inbox("onk1.mott.a", c)).Should().BeEmpty();
        (await _s.Inbox("onk3.mott", c)).Select(t => t.Title).Should().Equal(Distribute);
        (await c.Due()).Should().Be(due);
        (await c.Get())["arrivedAt"]!.GetValue<DateTimeOffset>().Should().Be(Scenario.At("2026-11-20 15:00"));
        (await c.Audited("Flyttat till annan mottagning")).Should().BeTrue();
    }

    [Fact]
    public async Task ONK_03_a_type_that_is_not_offered_is_reclassified_not_dropped()
    {
        var c = await _s.Case(Unit, "Egenremiss");
        (await _s.Do("onk1.mott.a", c, "Ärendetypen erbjuds inte", "Omklassa")).ShouldBe400On("ärendetyp");
        (await _s.Do("onk1.mott.a", c, "Ärendetypen erbjuds inte", "Omklassa", With(("ärendetyp", "Rådgivning")))).ShouldBe(200);
        (await _s.OpenTasks(c)).Should().Equal(Distribute);
        var other = await _s.Case(Unit, "Egenremiss");
        (await _s.Do("onk1.mott.a", other, "Ärendetypen erbjuds inte", "Skicka standardsvar")).ShouldBe(200);
        (await other.Status()).Should().Be("Avslutat med standardsvar");
    }

    [Fact]
    public async Task ONK_42_a_deliberate_deviation_is_documented_by_who_it_concerns()
    {
        var c = await _s.Case(Unit, "Förnya recept", With(("team", 3)));
        (await _s.Do("onk1.mott.a", c, Distribute, "Kräver läkare", With(("team", 3)))).ShouldBe(200);
        (await _s.Do("onk1.mott.a", c, "Skapa tidbok i ELVIS", "Medvetet avsteg")).ShouldBe400On("skäl", "patientkopplat");
        (await _s.Do("onk1.mott.a", c, "Skapa tidbok i ELVIS", "Medvetet avsteg", With(("skäl", "ELVIS nere"), ("patientkopplat", false)))).ShouldBe(200);
        (await _s.OpenTasks(c)).Should().BeEquivalentTo("Rapportera i MedControl PRO", "Följ upp läkarens åtgärd");
        (await _s.Do("onk1.mott.a", c, "Rapportera i MedControl PRO", "Klar")).ShouldBe400On("medcontrol-nummer");
        (await _s.Do("onk1.mott.a", c, "Rapportera i MedControl PRO", "Klar", With(("medcontrol-nummer", "MC-1")))).ShouldBe(200);
    }

    private async Task<CaseHandle> Distributed()
    {
        var c = await _s.Case(Unit, "Rådgivning", With(("team", 1)));
        (await _s.Do("onk1.mott.a", c, Distribute, "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        return c;
    }

    private static List<string> Names(JsonNode task) => [.. task["outcomes"]!.AsArray().Select(o => o!["name"]!.ToString())];
}
