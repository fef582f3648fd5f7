using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

public sealed class TaskTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string A = "onk1.mott.a";
    private const string B = "onk1.mott.b";

    [Fact]
    public async Task Of_two_who_complete_the_same_task_one_gets_200_and_one_409()
    {
        for (var round = 0; round < 5; round++)
        {
            var task = await host.TaskOf(await host.Case());
            var body = new { outcome = "Besvara själv", fields = new { svarstext = "Svar" } };
            var answers = await Task.WhenAll(host.Post(A, $"/tasks/{task}/complete", body), host.Post(B, $"/tasks/{task}/complete", body));
            answers.Select(a => (int)a.Status).Order().Should().Equal(200, 409);
            answers.Single(a => (int)a.Status == 409).Type.Should().Be("task-completed");
        }
    }

    [Fact]
    public async Task A_completion_answers_with_task_and_case()
    {
        var id = await host.Case();
        var answer = (await host.Post(A, $"/tasks/{await host.TaskOf(id)}/complete", new { outcome = "Besvara själv", fields = new { Svarstext = "Ta en värktablett" } })).Should200();
        answer.Body!["task"]!["state"]!.ToString().Should().Be("Klar");
        answer.Body["task"]!["assignee"]!.ToString().Should().Be(A);
        answer.Body["case"]!["status"]!.ToString().Should().Be("Avslutat med svar");
        answer.Body["case"]!["closedByRole"]!.ToString().Should().Be("ärendemottagare");
        answer.Body["case"]!["clock"]!["state"]!.ToString().Should().Be("Uppfylld");
        (await host.Get(A, $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle(m => m!["direction"]!.ToString() == "Ut" && m["text"]!.ToString() == "Ta en värktablett");
    }

    [Fact]
    public async Task A_repeated_key_gives_the_first_answer_and_another_body_is_409()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        var key = Guid.NewGuid().ToString();
        var body = new { outcome = "Besvara själv", fields = new { svarstext = "En gång" } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Post(A, $"/tasks/{task}/complete", body, key)));
        answers.Should().OnlyContain(a => (int)a.Status == 200);
        answers.Select(a => a.Text).Distinct().Should().ContainSingle();
        (await host.Get(A, $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle();
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Kräver läkare" }, key)).Should(409).Type.Should().Be("idempotency-key-reused");
        // Another person's key is another key.
        (await host.Post(B, $"/tasks/{task}/complete", body, key)).Should(409).Type.Should().Be("task-completed");
    }

    [Fact]
    public async Task An_answer_that_was_lost_with_its_host_is_made_anew()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        var (caseKey, taskKey) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var body = new { outcome = "Besvara själv", fields = new { svarstext = "En gång" } };
        var completed = (await host.Post(A, $"/tasks/{task}/complete", body, taskKey)).Should200();
        var registered = (await host.TryCase(key: caseKey)).Should(201);
        await using (var lose = host.Source.CreateCommand($"UPDATE idempotency SET status = NULL, answer = NULL, location = CASE key WHEN '{taskKey}' THEN 'task:{task}' ELSE 'case:{registered.Id}' END WHERE key IN ('{taskKey}', '{caseKey}')"))
            (await lose.ExecuteNonQueryAsync()).Should().Be(2);
        (await host.Post(A, $"/tasks/{task}/complete", body, taskKey)).Should200().Text.Should().Be(completed.Text);
        (await host.TryCase(key: caseKey)).Should(201).Id.Should().Be(registered.Id);
        (await host.Get(A, $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task A_refused_call_leaves_its_key_free()
    {
        var task = await host.TaskOf(await host.Case());
        var key = Guid.NewGuid().ToString();
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Besvara själv" }, key)).Should(400).Faults.Should().Contain("svarstext");
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Besvara själv", fields = new { svarstext = "Nu" } }, key)).Should200();
    }

    [Fact]
    public async Task A_task_is_given_to_nobody_who_works_there_no_longer_or_not_yet()
    {
        var task = await host.TaskOf(await host.Case());
        foreach (var employment in new[] { """{"employedTo":"2026-04-01"}""", """{"employedTo":null,"employedFrom":"2026-06-01"}""" })
        {
            (await host.Send("admin", HttpMethod.Patch, $"/people/{B}", employment)).Should200();
            (await host.Post(A, $"/tasks/{task}/assign", new { to = B })).Should(400).Faults.Should().Equal("to");
        }

        (await host.Send("admin", HttpMethod.Patch, $"/people/{B}", """{"employedFrom":null}""")).Should200();
        (await host.Post(A, $"/tasks/{task}/assign", new { to = B })).Should200();
    }

    [Fact]
    public async Task Claim_release_assign_and_takeover()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        (await host.Post(A, $"/tasks/{task}/claim")).Should200().Body!["assignee"]!.ToString().Should().Be(A);
        (await host.Post(B, $"/tasks/{task}/claim")).Should(400).Faults.Should().Equal("skäl");
        (await host.Post(B, $"/tasks/{task}/claim", new { skäl = "A har gått hem" })).Should200().Body!["assignee"]!.ToString().Should().Be(B);
        (await host.Post(B, $"/tasks/{task}/release")).Should200().Body!["state"]!.ToString().Should().Be("Öppen");
        (await host.Post(A, $"/tasks/{task}/assign", new { to = "onk2.mott" })).Should(400).Faults.Should().Equal("to");
        (await host.Post(A, $"/tasks/{task}/assign", new { to = B })).Should200().Body!["assignee"]!.ToString().Should().Be(B);
        (await host.Post("onk2.mott", $"/tasks/{task}/claim")).Should(403);
        (await host.History(id)).Select(h => h["event"]!.ToString()).Should().ContainInOrder("Uppgift tagen", "Uppgift övertagen", "Uppgift återlämnad", "Uppgift tilldelad");
        (await host.History(id)).Single(h => h["event"]!.ToString() == "Uppgift övertagen")["reason"]!.ToString().Should().Be("A har gått hem");
    }

    [Fact]
    public async Task Revision_comments_parking_and_drafts()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        var revision = (await host.Get(A, $"/tasks/{task}")).Body!["revision"]!.GetValue<int>();
        (await host.Post(A, $"/tasks/{task}/claim")).Should200();
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Besvara själv", revision, fields = new { svarstext = "x" } })).Should(409).Type.Should().Be("revision-changed");

        (await host.Post(A, $"/tasks/{task}/comments", new { text = "Ringt, inget svar" })).Should200().Body!["comments"]!.AsArray().Should().ContainSingle();
        (await host.Post(A, $"/tasks/{task}/park", new { until = "2026-04-01T10:00:00+02:00", reason = "" })).Should(400).Faults.Should().BeEquivalentTo("until", "reason");
        (await host.Post(A, $"/tasks/{task}/park", new { until = "2026-04-07T10:00:00+02:00", reason = "Väntar på provsvar" })).Should200();

        (await host.Post(A, $"/tasks/{task}/draft", new { fields = new { Svarstext = "Påbörjat svar" } })).Should200();
        (await host.Get(A, $"/tasks/{task}")).Body!["form"]!["fields"]!.AsArray().Single(f => f!["key"]!.ToString() == "svarstext")!["value"]!.ToString().Should().Be("Påbörjat svar");
        // null clears the draft; absent keeps it.
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Besvara själv", fields = new { svarstext = (string?)null } })).Should(400);
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Besvara själv" })).Should200();
        (await host.Get(A, $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle(m => m!["text"]!.ToString() == "Påbörjat svar");
    }

    [Fact]
    public async Task Every_faulty_field_of_a_form_comes_at_once()
    {
        var task = await host.TaskOf(await host.Case());
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Fördela till ärendehanterare", fields = new { team = "sjutton", mottagare = "ingen" } }))
            .Should(400).Faults.Should().BeEquivalentTo("team", "mottagare");
        (await host.Post(A, $"/tasks/{task}/complete", new { outcome = "Bränn" })).Should(400).Faults.Should().Equal("outcome");
    }

    [Fact]
    public async Task The_lists_say_what_is_mine_and_what_i_may_take()
    {
        var id = await host.Case(new { unit = "onk2" });
        var list = (await host.Get("onk2.mott", $"/tasks?view=available&case={id}")).Should200();
        var item = list.Body!["items"]!.AsArray().Should().ContainSingle().Subject!;
        foreach (var field in new[] { "id", "title", "caseId", "caseNumber", "caseType", "unit", "candidates", "state", "assignee", "priority", "due", "warnAt", "flags", "createdAt" })
            item.AsObject().ContainsKey(field).Should().BeTrue(field);
        item["candidates"]!.AsArray().Select(c => $"{c!["role"]}@{c["unit"]}").Should().Contain("ärendemottagare@Onkologimottagning 2");
        list.Body["counts"]!["available"]!.GetValue<int>().Should().BePositive();
        var next = (await host.Post("onk2.mott", "/tasks/next", new { view = "available" })).Should200();
        next.Body!["assignee"]!.ToString().Should().Be("onk2.mott");
        (await host.Get("onk2.mott", $"/tasks?view=mine")).Body!["items"]!.AsArray().Should().Contain(t => t!["id"]!.ToString() == next.Id);
        (await host.Post("cr.mott", "/tasks/next", new { view = "available" })).Should(204);
        (await host.Get("onk2.mott", "/tasks?view=allt")).Should(400);
    }

    [Fact]
    public async Task Many_completions_at_once_are_each_done_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.Case(new { unit = "onk3" })));
        var tasks = await Task.WhenAll(ids.Select(id => host.TaskOf(id)));
        var answers = await Task.WhenAll(tasks.Select(t => host.Post("onk3.mott", $"/tasks/{t}/complete", new { outcome = "Besvara själv", fields = new { svarstext = "Svar" } })));
        answers.Should().OnlyContain(a => (int)a.Status == 200);
        foreach (var id in ids)
            (await host.Get("onk3.mott", $"/cases/{id}/messages")).Body!.AsArray().Should().ContainSingle();
    }
}
