using System.Diagnostics;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Figures that the editor's and the list's speed rest on; printed, and held with room for a busy machine.</summary>
public sealed class SpeedTests(StudioApiHost host, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<StudioApiHost>
{
    [Fact]
    public async Task Descriptors_come_from_memory_with_an_ETag()
    {
        var client = host.As("anna");
        var first = await client.GetAsync("descriptors/activities?Refresh=True");
        var tag = first.Headers["ETag"];
        var whole = await TimesAsync(200, () => client.GetAsync("descriptors/activities?Refresh=True"));
        var unchanged = await TimesAsync(200, async () =>
        {
            var answer = await client.SendAsync("GET", "descriptors/activities?Refresh=True", null, null, ("If-None-Match", tag));
            ((int)answer.Status).Should().Be(304);
            return answer;
        });
        output.WriteLine($"descriptors: {first.Bytes.Length / 1024} KB, whole p50 {whole.P50:0.0} ms p95 {whole.P95:0.0} ms; unchanged p50 {unchanged.P50:0.0} ms p95 {unchanged.P95:0.0} ms");
        whole.P50.Should().BeLessThan(10);
        unchanged.P50.Should().BeLessThan(10);
    }

    [Fact]
    public async Task A_hundred_thousand_instances_are_listed_quickly_and_without_their_state()
    {
        // The state of these rows is unreadable on purpose: a list that opens one fails.
        await using (var fill = host.Database.DataSource.CreateCommand("""
            insert into workflow_definition (definition_id, region, created_at) select 'def-' || n, 'VGR', timestamptz '2026-01-01' from generate_series(0, 19) n;
            insert into workflow_definition_version (id, definition_id, version, document, content_hash, step_count, created_at, created_by, created_by_name, updated_at, updated_by, updated_by_name, reviewed)
            select 'v-' || n, 'def-' || n, 1, '{}', '\x', 1, timestamptz '2026-01-01', 'system', 'Systemet', timestamptz '2026-01-01', 'system', 'Systemet', true from generate_series(0, 19) n;
            insert into instance (id, created_at, updated_at, finished_at, version, journal_seq, status, sub_status, trial, has_queue, definition_id, version_id, region, correlation_id, name, journal_head, state)
            select gen_random_uuid(), t, t, case when n % 3 = 0 then null else t end, 1, 5, case when n % 3 = 0 then 0 else 1 end, case when n % 3 = 0 then 2 else 3 end,
              false, false, 'def-' || n % 20, 'v-' || n % 20, (array['VGR','RÖ','RG'])[1 + n % 3], 'case-' || n, 'Instans ' || n, '\x00', decode(repeat('ff', 400), 'hex')
            from (select n, timestamptz '2026-01-01' + n * interval '1 minute' t from generate_series(1, 100000) n) s
            """))
        {
            fill.CommandTimeout = 120;
            await fill.ExecuteNonQueryAsync();
        }

        await host.Database.ExecuteAsOwnerAsync("vacuum (analyze) instance");

        var client = host.As("anna");
        foreach (var (what, body) in new (string, JsonObject)[]
                 {
                     ("first page", new JsonObject { ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = "", ["definitionIds"] = new JsonArray(), ["orderDirection"] = "Descending" }),
                     ("running ones", new JsonObject { ["pageSize"] = 10, ["statuses"] = new JsonArray("Running") }),
                     ("one routine", new JsonObject { ["pageSize"] = 10, ["definitionIds"] = new JsonArray("def-7") }),
                     ("a search", new JsonObject { ["pageSize"] = 10, ["searchTerm"] = "Instans 4711" }),
                 })
        {
            var answer = await client.PostAsync("workflow-instances", body);
            answer.Json["items"]!.AsArray().Should().NotBeEmpty(what);
            var times = await TimesAsync(100, () => client.PostAsync("workflow-instances", body));
            output.WriteLine($"list of 100000, {what}: p50 {times.P50:0.0} ms, p95 {times.P95:0.0} ms (total {answer.Json["totalCount"]})");
            // The 95th percentile is the target on a quiet machine; builds beside it move that, not the median.
            times.P50.Should().BeLessThan(150, what);
        }
    }

    private static async Task<(double P50, double P95)> TimesAsync(int count, Func<Task<StudioAnswer>> call)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[count / 2], times[count * 95 / 100]);
    }
}
