using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>SC-07 Alias and unsupported type. ONK-03, ONK-04, ONK-21, X-08, X-10.</summary>
public sealed class SC07_AliasAndUnsupportedType
{
    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");

        // 2
        var alias = await s.Case("Onkologimottagning 3", "Kontakt för att avboka eller omboka tid");
        var task = await s.Open("onk3.mott", alias, "Fördela ärende");
        task.ToJsonString(Relaxed).Should().Contain("ingen regel i rutinen");

        // 3
        var unsupported = await s.Case("Onkologimottagning Östra", "Egenremiss");
        (await s.Inbox("ost.mott", unsupported)).Select(t => t.Title).Should().Equal("Ärendetypen erbjuds inte");
        (await unsupported.Messages()).Should().BeEmpty();
        (await unsupported.Due()).Should().Be(Scenario.At("2026-11-25 16:30"));

        // 4
        var contact = await s.Case("Onkologimottagning 3", "Kontakta mig");
        var handler = (await s.Open("onk3.mott", contact, "Fördela ärende"))["form"]!["fields"]!.AsArray()
            .Single(f => f!["key"]!.ToString() == "mottagare")!["options"]!.AsArray()[0]!["value"]!.ToString();
        (await s.Do("onk3.mott", contact, "Fördela ärende", "Fördela till ärendehanterare")).ShouldBe400On("karaktär");
        (await s.Do("onk3.mott", contact, "Fördela ärende", "Fördela till ärendehanterare", With(("karaktär", "vårdfråga"), ("mottagare", handler)))).ShouldBe(200);
        (await s.Tasks("admin", $"view=all&case={contact.Id}")).Should().ContainSingle(t => t.Title == "Handlägg ärende" && t.Assignee != null);

        foreach (var c in new[] { alias, unsupported, contact }) (await s.Inbox("onk1.mott.a", c)).Should().BeEmpty();
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
