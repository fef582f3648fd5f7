namespace CaseWorkflows.Cases.Tests.Api;

public sealed class IntakeTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Every_faulty_field_comes_at_once_and_in_Swedish()
    {
        var answer = await host.TryCase(new
        {
            unit = "Onkologimottagning 17", caseType = "Massage", channel = "Brevduva", arrivedAt = "2026-04-02T15:00:00+02:00", team = "blå", priority = 99,
            patient = new { personalNumber = "19121212-1213", birthDate = "igår" }, sender = new { kind = "Granne" },
            attachments = new[] { new { name = "bild.jpg", contentType = "image/jpeg", base64 = "%%%" } }
        });
        answer.Should(400);
        answer.Faults.Should().BeEquivalentTo(
            "unit", "caseType", "channel", "arrivedAt", "team", "priority", "patient.personalNumber", "patient.birthDate", "sender.kind", "attachments");
        answer.Body!["errors"]!["arrivedAt"]![0]!.ToString().Should().Be("Ankomsttiden ligger i framtiden.");
        answer.Body!["errors"]!["patient.personalNumber"]![0]!.ToString().Should().Be("Personnumret är inte giltigt.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"unit\": ")]
    public async Task What_is_not_an_object_is_a_plain_400(string body) => (await host.Post("integration", "/cases", body)).Should(400);

    [Fact]
    public async Task An_answer_has_every_field_of_the_contract_and_writes_nulls()
    {
        var answer = (await host.TryCase(new { patient = new { personalNumber = "191212121212", name = "Tolvan" }, fields = new { önskemål = "snart" } })).Should(201);
        foreach (var field in new[] { "id", "caseNumber", "unit", "responsibleUnit", "caseType", "channel", "status", "closeMode", "flags", "priority", "team", "arrivedAt", "startedAt",
            "closedAt", "owner", "clock", "patient", "sender", "subject", "text", "fields", "routine", "workflowInstances", "tasks", "linkedCases" })
            answer.Body!.AsObject().ContainsKey(field).Should().BeTrue(field);
        answer.Body!["caseNumber"]!.ToString().Should().MatchRegex("^ONK1-2026-[0-9]{6}$");
        answer.Body["status"]!.ToString().Should().Be("Inkommet");
        answer.Body["owner"]!["role"]!.ToString().Should().Be("ärendemottagare");
        answer.Body["patient"]!["personalNumber"]!.ToString().Should().Be("19121212-1212");
        answer.Body["patient"]!["birthDate"]!.ToString().Should().Be("1912-12-12");
        answer.Body["routine"]!["documentId"]!.ToString().Should().Be("SU9775-406090012-115");
        answer.Body["routine"]!["validity"]!.ToString().Should().Be("Gällande");
        answer.Body["fields"]!["önskemål"]!.ToString().Should().Be("snart");
        answer.Body["clock"]!["state"]!.ToString().Should().Be("Löper");
        answer.Body["tasks"]!.AsArray().Should().ContainSingle(t => t!["title"]!.ToString() == "Fördela ärende");
    }

    [Fact]
    public async Task X08_unit_by_id_and_type_by_alias_are_accepted()
    {
        var answer = (await host.TryCase(new { unit = "onk3", caseType = "kontakt för avboka eller omboka tid" })).Should(201);
        answer.Body!["unit"]!.ToString().Should().Be("Onkologimottagning 3");
        answer.Body["caseType"]!.ToString().Should().Be("Kontakt för att avboka eller omboka tid");
        answer.Body["routingNote"]!.ToString().Should().Be("ingen regel i rutinen");
    }

    [Fact]
    public async Task The_same_channel_and_external_id_give_the_first_case_also_at_the_same_time()
    {
        var id = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.TryCase(new { channel = "1177 e-tjänster", externalId = id })));
        answers.Select(a => (int)a.Status).Should().OnlyContain(s => s == 200 || s == 201).And.ContainSingle(s => s == 201);
        answers.Select(a => a.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Staff_register_for_their_own_unit_only()
    {
        (await host.TryCase(user: "onk1.mott.a")).Should(201).Body!["channel"]!.ToString().Should().Be("Enhet");
        (await host.TryCase(user: "onk2.mott")).Should(403);
        (await host.TryCase(user: "onk.lakare")).Should(403);
        (await host.TryCase(user: "ro.ssk1")).Should(404);
    }

    [Fact]
    public async Task Arrival_may_lie_in_the_past_and_counts_from_there()
    {
        var answer = (await host.TryCase(new { arrivedAt = "2026-03-31T09:00:00+02:00" })).Should(201);
        answer.Body!["clock"]!["due"]!.GetValue<DateTimeOffset>().Should().Be(new DateTimeOffset(2026, 4, 2, 16, 30, 0, TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task An_attached_file_can_be_opened_by_who_sees_the_case_and_the_reading_is_logged()
    {
        var answer = (await host.TryCase(new { attachments = new[] { new { name = "bild.txt", contentType = "text/plain", base64 = Convert.ToBase64String("hej"u8) } } })).Should(201);
        var file = answer.Body!["attachments"]![0]!["id"]!.ToString();
        (await host.Get("onk1.mott.a", $"/cases/{answer.Id}/attachments/{file}")).Should200().Text.Should().Be("hej");
        (await host.Get("onk2.mott", $"/cases/{answer.Id}/attachments/{file}")).Should(403);
        await using var command = host.Source.CreateCommand("SELECT count(*) FROM read_log WHERE case_id = $1 AND person = 'onk1.mott.a' AND what LIKE 'Bilaga%'");
        command.Parameters.Add(new() { Value = Guid.Parse(answer.Id) });
        (await command.ExecuteScalarAsync()).Should().Be(1L);
    }
}
