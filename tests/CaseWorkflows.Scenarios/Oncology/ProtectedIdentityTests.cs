using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>Exceptions of the oncology routine, protected identity: access is limited to assignee and receivers (D-10, D-14).</summary>
public sealed class ProtectedIdentityTests(MondayMorning monday) : IClassFixture<MondayMorning>
{
    private const string Unit = "Onkologimottagning 1";
    private readonly Scenario _s = monday.Scenario;

    private static JsonObject Protected => With(("patient", new JsonObject
    {
        ["personalNumber"] = "19121212-1212", ["name"] = "Skydda Skyddsson", ["digital"] = true, ["protectedIdentity"] = "Ja – skyddad"
    }), ("team", 1));

    [Fact]
    public async Task Receivers_see_the_case_with_its_badge_and_others_of_the_unit_do_not()
    {
        var c = await _s.Case(Unit, "Begära/förnya intyg", Protected);
        (await c.Flags()).Should().Contain("Skyddad identitet");
        var task = (await _s.Inbox("onk1.mott.a", c)).Single();
        (await _s.Task("onk1.mott.a", task.Id))["flags"]!.ToJsonString().Should().Contain("Skyddad");
        (await _s.List($"/api/cases?q=Skyddsson", "onk1.mott.b")).Should().Contain(i => i["id"]!.ToString() == c.Id);

        // A manager reads the unit, an auditor everything without text; neither reads this.
        foreach (var other in new[] { "onk.vec", "revisor" })
        {
            await ShouldNotSee(other, c);
            (await _s.Send(other, HttpMethod.Get, $"/api/tasks/{task.Id}")).ShouldBe(403);
            (await _s.Send(other, HttpMethod.Post, $"/api/tasks/{task.Id}/comments", With(("text", "Hej")))).ShouldBe(403);
            (await _s.Send(other, HttpMethod.Post, $"/api/tasks/{task.Id}/assign", With(("to", "onk1.mott.b")))).ShouldBe(403);
        }

        (await _s.Tasks("onk.vec", "view=unit")).Should().NotContain(t => t.Id == task.Id);
        (await _s.Tasks("onk.vec", $"case={c.Id}")).Should().BeEmpty();
        (await _s.Tasks("revisor", "view=all")).Should().NotContain(t => t.Id == task.Id);
        (await _s.Tasks("onk1.mott.b", "view=unit")).Should().Contain(t => t.Id == task.Id);
        (await c.Audit()).Where(h => h["refused"]!.GetValue<bool>()).Select(h => h["actor"]!["userName"]!.ToString()).Distinct().Should().BeEquivalentTo("onk.vec", "revisor");
    }

    [Fact]
    public async Task Counts_of_the_unit_leave_it_out()
    {
        var before = await UnitCount("onk.vec");
        var mine = await UnitCount("onk1.mott.a");
        await _s.Case(Unit, "Begära/förnya intyg", Protected);
        (await UnitCount("onk.vec")).Should().Be(before);
        (await UnitCount("onk1.mott.a")).Should().Be(mine + 1);
    }

    [Fact]
    public async Task The_handler_who_gets_it_sees_it_and_the_colleague_in_the_team_does_not()
    {
        var c = await _s.Case(Unit, "Rådgivning", Protected);
        (await _s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant"), ("team", 1)))).ShouldBe(200);
        var task = (await _s.Inbox("onk1.hant", c)).Should().ContainSingle().Subject;
        foreach (var path in Paths(c)) (await _s.Send("onk1.hant", HttpMethod.Get, path)).ShouldBe(200);
        await ShouldNotSee("onk1.hant2", c);
        (await _s.Complete("onk1.hant2", task.Id, "Svara och avsluta", With(("svarstext", "Hej"), ("skäl", "Kollegan är upptagen")))).ShouldBe(403);
        (await _s.Complete("onk1.hant", task.Id, "Svara och avsluta", With(("svarstext", "Svar")))).ShouldBe(200);
        (await _s.Send("onk1.hant", HttpMethod.Get, $"/api/cases/{c.Id}")).ShouldBe(200);
        await ShouldNotSee("onk1.hant2", c);
    }

    [Fact]
    public async Task Cover_for_the_handler_sees_it()
    {
        var c = await _s.Case(Unit, "Rådgivning", Protected);
        (await _s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant"), ("team", 1)))).ShouldBe(200);
        await ShouldNotSee("onk1.hant2", c);
        // Cover comes from an absence, and from nothing else.
        (await _s.Send("onk.vec", HttpMethod.Post, "/api/absences", With(
            ("person", "onk1.hant"), ("from", "2026-11-23"), ("to", "2026-11-27"), ("reason", "annan")))).ShouldBe(201);
        (await _s.Send("onk1.hant2", HttpMethod.Get, $"/api/cases/{c.Id}")).ShouldBe(200);
        (await _s.Tasks("onk1.hant2", "view=cover")).Should().Contain(t => t.CaseId == c.Id);
    }

    [Fact]
    public async Task What_staff_find_out_later_takes_effect_at_once()
    {
        var c = await _s.Case(Unit, "Rådgivning", With(("patient", new JsonObject { ["name"] = "Skydda Skyddsson" }), ("team", 1)));
        (await _s.Send("onk.vec", HttpMethod.Get, $"/api/cases/{c.Id}")).ShouldBe(200);
        var task = (await _s.Inbox("onk1.mott.a", c)).Single();
        (await _s.Complete("onk1.mott.a", task.Id, "Fördela till ärendehanterare", With(("mottagare", "onk1.hant"), ("skyddad_identitet", "Ja – skyddad")))).ShouldBe(200);
        (await c.Flags()).Should().Contain("Skyddad identitet");
        (await c.Audited("Skyddad identitet")).Should().BeTrue();
        await ShouldNotSee("onk.vec", c);
        (await _s.Send("onk1.hant", HttpMethod.Get, $"/api/cases/{c.Id}")).ShouldBe(200);
        // The notice that the same step sent is masked already; the first ones were sent before anybody knew.
        (await c.Notices())[^1]["text"]!.ToString().Should().NotContain("Rådgivning").And.Contain("ONK1-");
    }

    [Fact]
    public async Task The_setting_widens_access_again_and_takes_effect_at_once()
    {
        var c = await _s.Case("Onkologimottagning 3", "Rådgivning", Protected);
        await ShouldNotSee("onk.vec", c);
        var made = await _s.Send("admin", HttpMethod.Post, "/api/settings", With(("key", "skyddadIdentitetBegränsar"), ("scope", "onk3"), ("value", false)));
        made.ShouldBe(201);
        foreach (var path in Paths(c)) (await _s.Send("onk.vec", HttpMethod.Get, path)).ShouldBe(200);
        (await _s.Tasks("onk.vec", "view=unit")).Should().Contain(t => t.CaseId == c.Id);
        (await _s.Send("admin", HttpMethod.Patch, $"/api/settings/{made.Body!["id"]}", With(("value", true)))).ShouldBe(200);
        await ShouldNotSee("onk.vec", c);
    }

    [Fact]
    public async Task A_repeated_registration_does_not_hand_out_the_first_case()
    {
        var more = Protected;
        more["externalId"] = "skyddad-1";
        more["channel"] = "Enhet";
        more["sender"] = null;
        await _s.Case(Unit, "Begära/förnya intyg", more);
        var body = With(("unit", Unit), ("caseType", "Begära/förnya intyg"), ("channel", "Enhet"), ("externalId", "skyddad-1"), ("subject", "Ärende"), ("text", "Text från invånaren"), ("team", 1));
        body["patient"] = more["patient"]?.DeepClone();
        var answer = await _s.Send("onk1.hant", HttpMethod.Post, "/api/cases", body);
        answer.ShouldBe(403);
        (await _s.Send("onk1.mott.a", HttpMethod.Post, "/api/cases", body)).ShouldBe(200);
    }

    private async Task ShouldNotSee(string user, CaseHandle c)
    {
        foreach (var path in Paths(c))
        {
            var answer = await _s.Send(user, HttpMethod.Get, path);
            answer.ShouldBe(403);
            answer.Body!.ToJsonString().Should().NotContain("Skydd");
        }

        (await _s.List($"/api/cases?limit=200", user)).Should().NotContain(i => i["id"]!.ToString() == c.Id);
        (await _s.List($"/api/cases?q=Skyddsson", user)).Should().NotContain(i => i["id"]!.ToString() == c.Id);
        (await _s.Tasks(user, "q=Skyddsson")).Should().NotContain(t => t.CaseId == c.Id);
    }

    private static IEnumerable<string> Paths(CaseHandle c) =>
        new[] { "", "/messages", "/notices", "/history", "/print" }.Select(p => $"/api/cases/{c.Id}{p}");

    private async Task<int> UnitCount(string user) =>
        (await _s.Send(user, HttpMethod.Get, "/api/tasks?view=unit")).Body!["counts"]!["unit"]!.GetValue<int>();
}
