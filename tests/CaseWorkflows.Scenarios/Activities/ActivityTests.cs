using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Scenarios.Driver;

namespace CaseWorkflows.Scenarios.Activities;

/// <summary>The steps of the toolbox one by one.</summary>
public sealed class ActivityTests
{
    [Theory]
    [InlineData("2014-11-24", "0–11")]
    [InlineData("2014-11-23", "12–15")]
    [InlineData("2010-11-23", "16–17")]
    [InlineData("2008-11-24", "16–17")]
    [InlineData("2008-11-23", "18–")]
    public void Age_is_counted_on_the_day(string born, string band) =>
        ActivityBench.Of("AgeOnDate", "2026-11-23 09:00", ("limits", new JsonArray("12", "16", "18")), ("outcomes", new JsonArray("0–11", "12–15", "16–17", "18–")), ("birthDate", born)).Start().Outcomes.Should().Equal(band);

    [Fact]
    public void Age_without_a_birth_date_has_a_way_of_its_own() =>
        ActivityBench.Of("AgeOnDate", "2026-11-23 09:00", ("limits", new JsonArray("12")), ("outcomes", new JsonArray("0–11", "12–"))).Start().Outcomes.Should().Equal("Okänd ålder");

    [Fact]
    public void Working_days_skip_the_holidays()
    {
        var bench = ActivityBench.Of("WorkingDayDelay", "2026-04-02 14:00", ("days", 2), ("at", "Stängning")).Start();
        bench.Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-04-08 16:30"));
        ActivityBench.Of("WorkingDayDelay", "2026-04-02 14:00", ("days", 0)).Start().Effects.OfType<TimerArmed>().Should().BeEmpty("today's opening has passed");
    }

    [Fact]
    public void Open_minutes_run_only_while_the_unit_is_open() =>
        ActivityBench.Of("OpenHoursDelay", "2026-11-20 16:00", ("minutes", 60)).Start().Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-23 08:00"));

    [Fact]
    public void Before_closing_is_counted_from_the_next_closing() =>
        ActivityBench.Of("BeforeClosing", "2026-11-20 18:00", ("minutes", 30)).Start().Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-23 16:00"));

    [Fact]
    public void A_deadline_that_is_set_again_is_moved_not_restarted()
    {
        var bench = ActivityBench.Of("SetDeadline", "2026-11-23 09:00", ("days", 2)).Start();
        bench.Outcomes.Should().Contain("Ny");
        bench.Case.Clock.Due.Should().Be(Scenario.At("2026-11-25 16:30"));
        bench.Now = Scenario.At("2026-11-25 10:00");
        bench.Start();
        bench.Outcomes.Should().Contain("Ändrad");
        bench.Case.Clock.Due.Should().Be(Scenario.At("2026-11-25 16:30"));
        bench.Effect<EventPublished>().Name.Should().Be("Svarstid ändrad");
    }

    [Fact]
    public void A_response_given_stays_given_when_the_limit_is_moved()
    {
        var bench = ActivityBench.Of("SetDeadline", "2026-11-23 09:00", ("days", 1));
        bench.Case.Clock = new CaseClock { State = CaseClock.Met, Due = bench.Now, MetAt = bench.Now };
        bench.Start().Case.Clock.State.Should().Be(CaseClock.Met);
    }

    [Fact]
    public void A_deadline_already_passed_is_in_breach_at_once()
    {
        var bench = ActivityBench.Of("ResponseDeadline", "2026-11-25 17:00");
        bench.Case.Clock = new CaseClock { State = CaseClock.Running, Due = Scenario.At("2026-11-25 16:30"), WarnAt = Scenario.At("2026-11-25 07:30") };
        bench.Start().Outcomes.Should().Equal("Överskriden");
        bench.Case.BreachedAt.Should().Be(Scenario.At("2026-11-25 16:30"));
    }

    [Fact]
    public void Opening_hours_changed_later_move_no_armed_timer_but_a_moved_limit_does()
    {
        var bench = ActivityBench.Of("ResponseDeadline", "2026-11-23 09:00");
        bench.Case.Clock = new CaseClock { State = CaseClock.Running, Due = Scenario.At("2026-11-25 16:30"), WarnAt = Scenario.At("2026-11-25 07:30") };
        bench.Start().Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-25 07:30"));
        bench.Case.Clock = bench.Case.Clock with { Due = Scenario.At("2026-11-24 16:30"), WarnAt = Scenario.At("2026-11-24 07:30") };
        bench.Resume(null, "Event").Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-24 07:30"));
    }

    [Fact]
    public void A_required_field_is_not_asked_for_a_deliberate_deviation()
    {
        var task = Task(("deviationRoutine", "avsteg")).Start().Effect<TaskCreated>();
        task.Outcomes.Select(o => o.Name).Should().Equal("Klar", "Medvetet avsteg");
        task.Form.Single(f => f.Label == "Referens").RequiredFor.Should().Equal("Klar");
        task.Form.Single(f => f.Key == "skäl").RequiredFor.Should().Equal("Medvetet avsteg");
    }

    [Fact]
    public void A_deviation_without_a_way_on_leaves_the_task_standing()
    {
        var bench = Task(("deviationRoutine", "avsteg")).Start();
        bench.Resume(Answer("Medvetet avsteg", ("skäl", "Systemet är nere")), "HumanTask");
        bench.Outcomes.Should().BeEmpty();
        bench.Effect<TaskCreated>().Title.Should().Be("Gör något");
        bench.Effect<ChildStarted>().DefinitionId.Should().Be("avsteg");
    }

    [Fact]
    public void Adjustments_change_single_fields_and_hidden_outcomes_are_gone()
    {
        var task = Task(("formAdjustments", "js:({ referens: { value: arende.nummer, required: false } })"), ("outcomes", new JsonArray("Klar", "Annat")), ("hiddenOutcomes", new JsonArray("Annat")), ("preselected", "Klar"))
            .Start().Effect<TaskCreated>();
        task.Form.Single().Value!.ToString().Should().Be("PROV-2026-000001");
        task.Form.Single().Required.Should().BeFalse();
        task.Outcomes.Should().ContainSingle(o => o.Name == "Klar" && o.Preselected);
    }

    // The designer stores what is written in a code or JSON editor as a literal text.
    [Fact]
    public void Code_and_json_written_in_the_designer_are_run_and_read()
    {
        var task = Task(("form", """[{"label":"Orsak","type":"text"}]"""), ("formAdjustments", "({ orsak: { value: arende.nummer } })"), ("checks", "getSvar().falt.orsak ? null : { orsak: 'Orsak saknas' }"));
        var bench = task.Start();
        bench.Effect<TaskCreated>().Form.Single().Value!.ToString().Should().Be("PROV-2026-000001");
        var empty = () => bench.Resume(Answer("Klar"), "HumanTask");
        empty.Should().Throw<ValidationFailedException>().Which.Errors["orsak"].Should().Equal("Orsak saknas");
    }

    [Fact]
    public void A_check_refuses_the_answer_and_nothing_happens()
    {
        var bench = Task(("checks", "js:getSvar().falt.referens === 'rätt' ? null : { referens: 'Fel referens' }")).Start();
        var wrong = () => bench.Resume(Answer("Klar", ("referens", "fel")), "HumanTask");
        wrong.Should().Throw<ValidationFailedException>().Which.Errors["referens"].Should().Equal("Fel referens");
        bench.Resume(Answer("Klar", ("referens", "rätt")), "HumanTask").Outcomes.Should().Equal("Klar");
    }

    [Fact]
    public void An_event_withdraws_the_task()
    {
        var bench = Task(("outcomes", new JsonArray("Klar", "Fördela om")), ("interruptEvents", new JsonArray("Fördela om"))).Start();
        bench.Effect<TaskCreated>().Outcomes.Select(o => o.Name).Should().Equal("Klar");
        bench.Resume(null, "Event").Outcomes.Should().Equal("Fördela om");
        bench.Effects.OfType<BookmarkBurned>().Should().Contain(b => b.Bookmark.Name == "HumanTask" && b.Reason == BurnReason.Cancelled);
    }

    [Fact]
    public void Steps_that_wait_for_others_start_locked() =>
        Task(("prerequisites", new JsonArray("annat"))).Start().Effect<TaskCreated>().WaitingFor.Should().Equal("annat");

    [Fact]
    public void Reminders_come_at_opening_and_go_on()
    {
        var bench = Task(("reminderDays", 1)).Start();
        bench.Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-24 07:30"));
        bench.Now = Scenario.At("2026-11-24 07:30");
        bench.Resume(null, "TaskReminder");
        bench.Effects.OfType<NoticeQueued>().Should().ContainSingle();
        bench.Effect<TimerArmed>().Due.Should().Be(Scenario.At("2026-11-25 07:30"));
    }

    [Fact]
    public void Notices_about_a_protected_person_hold_the_case_number_only()
    {
        var bench = ActivityBench.Of("StaffNotice", "2026-11-23 09:00", ("roles", new JsonArray("arendemottagare")), ("text", "{ärendenummer} {ärendetyp} {enhet}"));
        bench.Case.Patient = new CasePatient { ProtectedIdentity = CasePatient.Protected };
        bench.Start().Effect<NoticeQueued>().Text.Should().Contain("{ärendenummer}").And.NotContain("{enhet}").And.NotContain("{ärendetyp}");
    }

    [Fact]
    public void A_notice_without_anybody_says_so() =>
        ActivityBench.Of("StaffNotice", "2026-11-23 09:00", ("to", "Ägare")).Start().Outcomes.Should().Equal("Ingen kanal");

    [Fact]
    public void An_automatic_message_does_not_meet_the_clock()
    {
        var bench = ActivityBench.Of("ResidentMessage", "2026-11-23 09:00", ("kind", "Motfråga"), ("phrase", "paminnelse_motfraga"), ("automatic", true));
        bench.Case.Clock = new CaseClock { State = CaseClock.Running, Due = Scenario.At("2026-11-25 16:30") };
        bench.Start().Effect<MessageSent>().CountsAsFirstResponse.Should().BeFalse();
        bench.Case.Clock.State.Should().Be(CaseClock.Running);
    }

    [Fact]
    public void A_case_stays_in_its_region()
    {
        var bench = ActivityBench.Of("MoveCase", "2026-11-23 09:00", ("toUnit", "VC Exempel")).Start();
        bench.Faults.Should().ContainSingle().Which.Should().Contain("Enheten finns inte i regionen.");
        bench.Case.UnitId.Should().Be("onk1");
    }

    private static ActivityBench Task(params (string Name, object Value)[] more)
    {
        var inputs = new Dictionary<string, object>
        {
            ["title"] = "Gör något", ["roles"] = new JsonArray("arendemottagare"), ["outcomes"] = new JsonArray("Klar"),
            ["form"] = new JsonArray(new JsonObject { ["label"] = "Referens", ["type"] = "text", ["required"] = true })
        };
        foreach (var (name, value) in more) inputs[name] = value;
        return ActivityBench.Of("HumanTask", "2026-11-23 09:00", [.. inputs.Select(i => (i.Key, i.Value))]);
    }

    private static Dictionary<string, object?> Answer(string outcome, params (string Key, object? Value)[] fields) => new()
    {
        ["outcome"] = outcome, ["fields"] = fields.ToDictionary(f => f.Key, f => f.Value), ["completedBy"] = "onk1.mott.a", ["role"] = "arendemottagare", ["unit"] = "onk1"
    };
}
