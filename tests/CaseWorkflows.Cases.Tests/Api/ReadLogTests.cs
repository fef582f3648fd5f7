namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Every reading of patient data leaves a row, and auditors are answered who read it.</summary>
public sealed class ReadLogTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Every_way_of_reading_leaves_a_row()
    {
        var id = await host.Case(new { subject = "Läslogg" });
        var task = await host.TaskOf(id);
        foreach (var path in new[]
        {
            $"/cases/{id}", $"/cases/{id}/messages", $"/cases/{id}/notices", $"/cases/{id}/history", $"/cases/{id}/print", $"/tasks/{task}", $"/tasks/{task}/print",
            $"/tasks?case={id}"
        })
        {
            var before = await Rows("onk1.mott.b", id);
            (await host.Get("onk1.mott.b", path)).Should200();
            (await Rows("onk1.mott.b", id)).Should().Be(before + 1, path);
        }
    }

    [Theory]
    [InlineData("/api/cases?unit=onk1&limit=200")]
    [InlineData("/api/cases?q=Läslista")]
    [InlineData("/api/lists/ej fördelade?unit=onk1&limit=200")]
    [InlineData("/api/tasks?view=unit&unit=onk1&limit=200")]
    [InlineData("/api/tasks?view=unit&q=Läslista")]
    [InlineData("/arenden?q=Läslista")]
    [InlineData("/enhetens-uppgifter/alla?q=Läslista")]
    [InlineData("/uppgifter/{task}")]
    [InlineData("/uppgifter/{task}/utskrift")]
    [InlineData("/arenden/{case}")]
    [InlineData("/arenden/{case}/utskrift")]
    public async Task Every_list_and_page_that_shows_a_case_leaves_a_row(string path)
    {
        var id = await host.Case(new { subject = "Läslista" });
        var shown = await host.Page("onk.vec", path.Replace("{case}", id).Replace("{task}", await host.TaskOf(id)));
        shown.Status.Should().Be(System.Net.HttpStatusCode.OK, shown.Text);
        (await Rows("onk.vec", id)).Should().BePositive(path);
    }

    [Fact]
    public async Task A_list_leaves_one_row_and_again_only_what_is_new()
    {
        var first = await host.Case(new { unit = "onk2", subject = "Första" });
        (await host.Get("onk2.mott", "/cases?unit=onk2&limit=200")).Should200();
        (await host.Get("onk2.mott", "/cases?unit=onk2&limit=200")).Should200();
        (await Rows("onk2.mott", first)).Should().Be(1);
        var second = await host.Case(new { unit = "onk2", subject = "Andra" });
        (await host.Get("onk2.mott", "/lists/ej fördelade?unit=onk2")).Should200();
        (await Rows("onk2.mott", first)).Should().Be(1);
        (await Rows("onk2.mott", second)).Should().Be(1);
        (await Scalar("SELECT count(*) FROM read_log WHERE person = 'onk2.mott' AND case_id IS NULL")).Should().Be(2);
        (await Scalar($"SELECT cardinality(cases)::bigint FROM read_log WHERE person = 'onk2.mott' AND cases @> ARRAY['{second}'::uuid]")).Should().Be(1);
    }

    [Fact]
    public async Task What_is_refused_or_not_shown_leaves_none()
    {
        var id = await host.Case();
        (await host.Get("onk3.mott", $"/cases/{id}")).Should(403);
        (await host.Get("rg.koord", $"/cases/{id}")).Should(404);
        (await host.Post("onk3.mott", "/tasks/next", new { view = "available" })).Status.Should().BeOneOf(System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.NoContent);
        (await Rows("onk3.mott", id)).Should().Be(0);
        (await Rows("rg.koord", id)).Should().Be(0);
    }

    [Fact]
    public async Task An_auditor_is_answered_who_read_it_by_case_patient_and_person_and_others_are_not()
    {
        var patient = new { name = "Läst Lästsson", personalNumber = "19121212-1212" };
        var id = await host.Case(new { patient });
        var other = await host.Case(new { patient });
        (await host.Get("onk1.hant", $"/cases/{id}")).Should200();
        (await host.Get("onk1.hant2", $"/cases/{other}")).Should200();

        var reads = (await host.Get("revisor", $"/cases/{id}/reads")).Should200();
        var read = reads.Body!["items"]!.AsArray().Single(r => r!["personId"]!.ToString() == "onk1.hant")!;
        read["role"]!.ToString().Should().Be("ärendehanterare");
        read["unit"]!.ToString().Should().Be("Onkologimottagning 1");
        read["capacity"]!.ToString().Should().Be("own");
        read["what"]!.ToString().Should().Be("Ärende");
        reads.Text.Should().NotContain("Lästsson").And.NotContain("1212-1212").And.NotContain("onk1.hant2");
        (await host.Get("revisor", $"/cases/{id}/reads?patient=true")).Should200().Text.Should().Contain("onk1.hant2");
        (await host.Get("revisor", "/people/onk1.hant/reads")).Should200().Body!["items"]!.AsArray().Should().Contain(r => r!["cases"]![0]!["id"]!.ToString() == id);
        foreach (var path in new[] { $"/cases/{id}/reads", "/people/onk1.hant/reads" })
            (await host.Get("onk1.mott.a", path)).Should(403);
        (await host.Get("ro.ssk1", $"/cases/{id}/reads")).Should(404);
        (await host.Get("revisor", $"/cases/{id}/reads?cursor=abc")).Should(400);
    }

    [Fact]
    public async Task It_cannot_be_changed()
    {
        var id = await host.Case();
        await host.Get("onk1.hant", $"/cases/{id}");
        foreach (var sql in new[] { "UPDATE read_log SET person = 'någon'", "DELETE FROM read_log", "TRUNCATE read_log" })
        {
            await using var command = host.Owner.CreateCommand(sql);
            await command.Awaiting(c => c.ExecuteNonQueryAsync()).Should().ThrowAsync<Npgsql.PostgresException>().WithMessage("*append-only*");
            await new Func<Task>(() => Scalar(sql)).Should().ThrowAsync<Npgsql.PostgresException>().WithMessage("*permission denied*");
        }
    }

    [Fact]
    public async Task S_8_an_auditor_reads_no_text_by_any_way_and_writes_nothing()
    {
        var id = await host.Case(new { subject = "Unikdag", patient = new { name = "Tolvan Unikdag" } });
        var number = (await host.Get("admin", $"/cases/{id}")).Body!["caseNumber"]!.ToString();
        var task = await host.TaskOf(id);
        (await host.Post("onk1.mott.a", $"/tasks/{task}/comments", new { text = "Unikdag anteckning" })).Should200();
        (await host.Post("onk1.mott.a", $"/tasks/{task}/draft", new { fields = new { svarstext = "Unikdag svar" } })).Should200();
        (await host.Post("onk1.mott.a", $"/tasks/{task}/park", new { until = "2026-04-07T10:00:00+02:00", reason = "Unikdag skäl" })).Should200();
        foreach (var path in new[] { $"/cases/{id}", $"/cases/{id}/history", $"/cases/{id}/notices", $"/tasks/{task}", "/tasks?view=all&limit=200", "/cases?limit=200", $"/cases?q={number}" })
            (await host.Get("revisor", path)).Should200().Text.Should().NotContain("Unikdag", path).And.NotContain("Hemlig", path);
        foreach (var path in new[] { $"/cases/{id}/messages", $"/cases/{id}/print", $"/tasks/{task}/print" }) (await host.Get("revisor", path)).Should(403);
        foreach (var page in new[] { $"/uppgifter/{task}", $"/arenden/{id}", "/alla-uppgifter", "/arenden", $"/arenden?q={number}" })
        {
            var shown = await host.Page("revisor", page);
            shown.Status.Should().BeOneOf([System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.SeeOther], page);
            shown.Text.Should().NotContain("Unikdag", page).And.NotContain("Hemlig", page);
        }

        foreach (var page in new[] { $"/uppgifter/{task}/utskrift", $"/arenden/{id}/utskrift" }) (await host.Page("revisor", page)).Status.Should().Be(System.Net.HttpStatusCode.Forbidden, page);
        foreach (var path in new[] { "/cases?q=Unikdag", "/tasks?view=all&q=Unikdag" }) (await host.Get("revisor", path)).Should200().Body!["items"]!.AsArray().Should().BeEmpty(path);
        (await host.Get("revisor", $"/cases?q={number}")).Body!["items"]!.AsArray().Should().ContainSingle();
        foreach (var (verb, body) in new (string, object)[]
        {
            ("claim", new { }), ("comments", new { text = "Hej" }), ("draft", new { fields = new { svarstext = "Hej" } }), ("park", new { until = "2026-04-07T10:00:00+02:00", reason = "Hej" }),
            ("assign", new { to = "onk1.mott.b" }), ("release", new { }), ("complete", new { outcome = "Besvara själv", fields = new { svarstext = "Hej" } })
        })
            (await host.Post("revisor", $"/tasks/{task}/{verb}", body)).Should(403);
    }

    private Task<long> Rows(string person, string caseId) => Scalar($"SELECT count(*) FROM read_log WHERE person = '{person}' AND cases @> ARRAY['{caseId}'::uuid]");

    private async Task<long> Scalar(string sql)
    {
        await using var command = host.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is long value ? value : 0;
    }
}
