namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Calls with the same key and body at the same time: one is carried out, all get its answer.</summary>
public sealed class IdempotencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string A = "onk1.mott.a";
    private const int Callers = 8;

    [Fact]
    public async Task Completing()
    {
        // Into a routine that goes on: the call takes as long as what it causes.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var id = await host.Case(new { team = 3, caseType = "Förnya recept" });
            var task = await host.TaskOf(id);
            (await Together(A, $"/tasks/{task}/complete", new { outcome = "Kräver läkare", fields = new { team = 3 } })).Status.Should().Be(System.Net.HttpStatusCode.OK);
            (await host.History(id)).Count(h => h["event"]!.ToString() == "Uppgift slutförd").Should().Be(1);
        }
    }

    [Fact]
    public async Task S_7_an_answer_is_told_again_only_to_those_who_may_still_read_the_case_and_each_time_is_a_look_at_it()
    {
        var id = await host.Case(new { team = 3, caseType = "Förnya recept", text = "Hemligheten" });
        var task = await host.TaskOf(id);
        var (path, key) = ($"/tasks/{task}/complete", Guid.NewGuid().ToString());
        var body = new { outcome = "Kräver läkare", fields = new { team = 3 } };
        var first = (await host.Post(A, path, body, key)).Should200();
        first.Text.Should().Contain("Hemligheten");
        var before = await Looks();
        (await host.Post(A, path, body, key)).Should200().Text.Should().Be(first.Text);
        (await Looks()).Should().Be(before + 1);

        var own = Guid.NewGuid().ToString();
        var draft = $"/tasks/{await host.TaskOf(await host.Case())}/draft";
        foreach (var _ in (int[])[1, 2]) (await host.Post(A, draft, new { fields = new { } }, own)).Should200().Text.Should().Contain("outcomes");
        await Sql("UPDATE cases SET unit = 'bup-a', responsible_unit = 'bup-a', owner_unit = NULL, owner_person = NULL WHERE id = $1");
        await Sql("UPDATE task SET unit = 'bup-a', completed_by = NULL, state = 'Återkallad' WHERE case_id = $1");
        await Sql("DELETE FROM task_candidate WHERE task_id IN (SELECT id FROM task WHERE case_id = $1)");
        var again = (await host.Post(A, path, body, key)).Should200();
        again.Text.Should().NotContain("Hemligheten").And.Contain("redan utfört");
        (await Looks()).Should().Be(before + 1);

        async Task<long> Looks()
        {
            await using var command = host.Source.CreateCommand("SELECT count(*) FROM read_log WHERE case_id = $1 AND what = 'Upprepat anrop'");
            command.Parameters.Add(new() { Value = Guid.Parse(id) });
            return (long)(await command.ExecuteScalarAsync())!;
        }

        async Task Sql(string sql)
        {
            await using var command = host.Source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = Guid.Parse(id) });
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Registering_without_an_external_id()
    {
        var subject = Guid.NewGuid().ToString();
        (await Together("integration", "/cases", new { unit = "Onkologimottagning 2", caseType = "Rådgivning", text = "x", subject })).Should(201);
        (await host.Get("onk2.mott", $"/cases?q={subject}")).Body!["items"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Registering_with_an_external_id()
    {
        // The second finds the first one's case, which alone would be a 200.
        foreach (var _ in Enumerable.Range(0, 3))
            (await Together("integration", "/cases", new { unit = "Onkologimottagning 2", caseType = "Rådgivning", text = "x", channel = "1177 e-tjänster", externalId = Guid.NewGuid().ToString() })).Should(201);
    }

    [Fact]
    public async Task Claiming_commenting_and_answering_the_resident()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        (await Together(A, $"/tasks/{task}/claim", new { })).Should200();
        (await Together(A, $"/tasks/{task}/comments", new { text = "En gång" })).Body!["comments"]!.AsArray().Should().ContainSingle();
        await Together("integration", $"/cases/{id}/resident-messages", new { text = "En gång" });
        (await host.Get(A, $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Taking_the_next_task()
    {
        var first = await host.Case(new { unit = "onk3" });
        await host.Case(new { unit = "onk3" });
        var answer = await Together("onk3.mott", "/tasks/next", new { view = "available" });
        answer.Should200();
        (await host.Get("onk3.mott", "/tasks?view=mine")).Body!["items"]!.AsArray().Should().ContainSingle().Which!["id"]!.ToString().Should().Be(answer.Body!["id"]!.ToString());
        first.Should().NotBeNull();
    }

    [Fact]
    public async Task Reference_data()
    {
        var answer = await Together("admin", "/closures", new { unit = "onk1", from = "2027-07-01", to = "2027-07-31" });
        answer.Should(201);
        (await host.Get("admin", "/closures")).Body!.AsArray().Count(c => c!["from"]!.ToString() == "2027-07-01").Should().Be(1);
    }

    [Fact]
    public async Task Another_body_at_the_same_time_is_409()
    {
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => host.TryCase(new { subject = $"nr {i}" }, key: key)));
        answers.Count(a => (int)a.Status == 201).Should().Be(1);
        answers.Where(a => (int)a.Status != 201).Should().OnlyContain(a => (int)a.Status == 409 && a.Type == "idempotency-key-reused");
    }

    private async Task<ApiAnswer> Together(string user, string path, object body)
    {
        var key = Guid.NewGuid().ToString();
        await host.Get(user, "/me");
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => host.Post(user, path, body, key))));
        answers.Select(a => (a.Status, a.Text)).Distinct().Should().ContainSingle(path);
        return answers[0];
    }
}
