using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Reading a task changes nothing; opening it, taking it, drafting and completing do.</summary>
public sealed class OpeningTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Handler = "onk1.hant";

    [Fact]
    public async Task Reading_a_task_changes_nothing()
    {
        var (id, task) = await DistributedAsync();
        var before = await StateAsync(id);

        for (var i = 0; i < 2; i++)
        {
            (await host.Get(Handler, $"/tasks/{task}")).Should200();
            (await host.Get(Handler, $"/cases/{id}")).Should200();
            (await host.Get(Handler, "/tasks?view=mine")).Should200();
        }

        (await StateAsync(id)).Should().Be(before);
    }

    [Fact]
    public async Task Opening_begins_the_case_once()
    {
        var (id, task) = await DistributedAsync();

        (await host.Post(Handler, $"/tasks/{task}/open")).Should200();
        (await host.Post(Handler, $"/tasks/{task}/open")).Should200();

        var found = (await host.Get(Handler, $"/cases/{id}")).Body!;
        found["status"]!.ToString().Should().Be("Påbörjat");
        found["startedAt"].Should().NotBeNull();
        (await EventsAsync(id)).Count(e => e == "Uppgift öppnad").Should().Be(1);
    }

    [Fact]
    public async Task Somebody_elses_look_begins_nothing_and_a_stranger_may_not_even_look()
    {
        var (id, task) = await DistributedAsync();

        (await host.Post("onk1.mott.a", $"/tasks/{task}/open")).Should200();
        (await host.Post("onk2.mott", $"/tasks/{task}/open")).Should(403);
        (await host.Post("ro.oa", $"/tasks/{task}/open")).Should(404);

        (await host.Get(Handler, $"/cases/{id}")).Body!["startedAt"].Should().BeNull();
        (await EventsAsync(id)).Should().NotContain("Uppgift öppnad");
    }

    [Fact]
    public async Task Without_a_script_the_first_draft_counts()
    {
        var (id, task) = await DistributedAsync();

        (await host.Post(Handler, $"/tasks/{task}/draft", new { fields = new { svarstext = "Hej" } })).Should200();

        (await host.Get(Handler, $"/cases/{id}")).Body!["status"]!.ToString().Should().Be("Påbörjat");
    }

    [Fact]
    public async Task Without_a_script_taking_it_counts()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);

        (await host.Post("onk1.mott.a", $"/tasks/{task}/claim")).Should200();

        (await EventsAsync(id)).Should().ContainInOrder("Uppgift tagen", "Uppgift öppnad");
    }

    private async Task<(string Case, string Task)> DistributedAsync()
    {
        var id = await host.Case();
        (await host.Post("onk1.mott.a", $"/tasks/{await host.TaskOf(id)}/complete", new { outcome = "Fördela till ärendehanterare", fields = new { mottagare = Handler } })).Should200();
        (await host.Get(Handler, $"/cases/{id}")).Body!["startedAt"].Should().BeNull();
        return (id, await host.TaskOf(id, "Handlägg ärende"));
    }

    private async Task<IReadOnlyList<string>> EventsAsync(string id) => [.. (await host.History(id)).Select(h => h["event"]!.ToString())];

    /// <summary>Case, tasks and history as they stand in the database.</summary>
    private async Task<string> StateAsync(string id)
    {
        await using var command = host.Source.CreateCommand("""
            SELECT (SELECT to_jsonb(c)::text FROM cases c WHERE c.id = $1) || (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id)::text FROM task t WHERE t.case_id = $1)
              || (SELECT count(*)::text FROM history h WHERE h.case_id = $1)
            """);
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
