using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>A cursor is a place in a list's order (F-6). The oracle reads all rows and sorts them itself.</summary>
public sealed class PagingTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Walks = 40;
    private static readonly string[] Urgent = ["Flaggat – svarstid överskriden", "Eskalerat"];

    [Fact]
    public async Task F_6_twelve_tasks_in_pages_of_five_are_all_seen_though_three_are_done_on_the_way()
    {
        var cases = new List<string>();
        for (var i = 0; i < 12; i++) cases.Add(await host.Case(new { unit = "onk2", subject = "tolv" }));
        var asked = "/tasks?view=unit&unit=onk2&q=tolv&limit=5";
        var first = (await host.Get("onk.vec", asked)).Should200().Body!;
        var seen = Ids(first);
        foreach (var id in seen.Take(3)) await host.Source.CreateCommand($"UPDATE task SET state = 'Klar' WHERE id = '{id}'").ExecuteNonQueryAsync();
        var second = (await host.Get("onk.vec", $"{asked}&cursor={first["next"]}")).Should200().Body!;
        var third = (await host.Get("onk.vec", $"{asked}&cursor={second["next"]}")).Should200().Body!;
        seen.AddRange([.. Ids(second), .. Ids(third)]);
        seen.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        third["next"].Should().BeNull();
        second["moved"]!.GetValue<int>().Should().Be(0);
        third["moved"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task F_6_what_moves_ahead_of_the_cursor_is_counted()
    {
        for (var i = 0; i < 6; i++) await host.Case(new { unit = "onk3", subject = "framflyttad" });
        var asked = "/tasks?view=unit&unit=onk3&q=framflyttad&limit=2";
        var first = (await host.Get("onk.vec", asked)).Should200().Body!;
        var last = Ids((await host.Get("onk.vec", "/tasks?view=unit&unit=onk3&q=framflyttad&limit=200")).Body!)[^1];
        await host.Source.CreateCommand($"UPDATE task SET priority = 1 WHERE id = '{last}'").ExecuteNonQueryAsync();
        var second = (await host.Get("onk.vec", $"{asked}&cursor={first["next"]}")).Should200().Body!;
        second["moved"]!.GetValue<int>().Should().Be(1);
        Ids(second).Should().NotContain(last);
    }

    [Theory]
    [InlineData("/enhetens-uppgifter/alla", "/tasks?view=unit&", "UPDATE task SET state = 'Klar' WHERE id = $1", "UPDATE task SET priority = 1 WHERE id = $1")]
    [InlineData("/arenden", "/cases?", "UPDATE cases SET trial = true WHERE id = $1", "UPDATE cases SET flags = ARRAY['Flaggat – svarstid överskriden'] WHERE id = $1")]
    public async Task F_6_the_next_page_shows_what_is_left_and_says_how_many_have_moved(string list, string api, string done, string moved)
    {
        var word = "sidvis" + list.Length;
        for (var i = 0; i < 53; i++) await host.Case(new { unit = "onk3", subject = word });
        var all = Ids((await host.Get("onk.vec", $"{api}q={word}&limit=200")).Should200().Body!);
        var first = await host.Page("onk.vec", $"{list}?q={word}");
        var shown = Rows(first.Text);
        shown.Should().Equal(all.Take(50));
        first.Text.Should().NotContain("har flyttats");
        foreach (var id in shown.Take(3)) await Change(done, id);
        await Change(moved, all[^1]);
        var second = await host.Page("onk.vec", Regex.Match(first.Text, "href=\"([^\"]*efter=[^\"]+)\"").Groups[1].Value);
        second.Status.Should().Be(HttpStatusCode.OK);
        Rows(second.Text).Should().Equal(all.Skip(50).Take(2));
        second.Text.Should().Contain("1 har flyttats eller kommit till tidigare i listan.").And.NotMatchRegex("href=\"[^\"]*efter=");
        var refused = await host.Page("onk.vec", $"{list}?q={word}&efter=abc");
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Text.Should().Contain("lang=\"sv\"");

        async Task Change(string sql, Guid id)
        {
            await using var command = host.Source.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = id });
            await command.ExecuteNonQueryAsync();
        }

        static List<Guid> Rows(string page) => [.. Regex.Matches(page, "<tr id=\"rad-([0-9a-f-]{36})\"").Select(m => Guid.Parse(m.Groups[1].Value))];
    }

    [Fact]
    public async Task F_6_any_walk_through_tasks_is_the_oracle_s()
    {
        for (var i = 0; i < 14; i++) await host.Case(new { unit = "onk1", subject = "vandring" });
        await WalkAsync(
            "/tasks?view=unit&unit=onk1&q=vandring", "onk.vec",
            """
            SELECT t.id, k.flags, t.priority, coalesce(t.due, k.clock_due), t.created_at, t.state IN ('Öppen', 'Tagen', 'Låst'), NULL::timestamptz
            FROM task t JOIN cases k ON k.id = t.case_id JOIN case_content s ON s.case_id = k.id WHERE s.subject = 'vandring' AND t.title = 'Fördela ärende'
            """,
            (a, b) => Compare(a.Flags.Intersect(Urgent).Any() ? 0 : 1, b.Flags.Intersect(Urgent).Any() ? 0 : 1)
                ?? Compare(a.Priority ?? int.MaxValue, b.Priority ?? int.MaxValue)
                ?? Compare(a.Flags.Contains("Förfaller idag") ? 0 : 1, b.Flags.Contains("Förfaller idag") ? 0 : 1)
                ?? Compare(a.Due ?? DateTime.MaxValue, b.Due ?? DateTime.MaxValue) ?? Compare(a.At, b.At) ?? Compare(Text(a.Id), Text(b.Id)) ?? 0,
            random => random.Next(5) switch
            {
                0 => "UPDATE task SET state = CASE WHEN state = 'Klar' THEN 'Öppen' ELSE 'Klar' END WHERE id = $1",
                1 => $"UPDATE task SET priority = {(random.Next(3) == 0 ? "NULL" : random.Next(1, 4).ToString())} WHERE id = $1",
                2 => $"UPDATE task SET due = {(random.Next(3) == 0 ? "NULL" : $"timestamptz '2026-04-0{random.Next(1, 9)} 12:00+02'")} WHERE id = $1",
                3 => $"UPDATE cases SET flags = ARRAY[{(random.Next(2) == 0 ? "'Eskalerat'" : "'Förfaller idag'")}] WHERE id = (SELECT case_id FROM task WHERE id = $1)",
                _ => "UPDATE cases SET flags = '{}' WHERE id = (SELECT case_id FROM task WHERE id = $1)"
            });
    }

    [Fact]
    public async Task F_6_any_walk_through_cases_is_the_oracle_s()
    {
        for (var i = 0; i < 14; i++) await host.Case(new { unit = "onk1", subject = "rundtur", arrivedAt = $"2026-04-02T0{i % 4 + 1}:00" });
        await WalkAsync(
            "/cases?q=rundtur", "onk.vec",
            "SELECT c.id, c.flags, NULL::int, c.arrived_at, c.arrived_at, NOT c.trial, c.closed_at FROM cases c JOIN case_content s ON s.case_id = c.id WHERE s.subject = 'rundtur'",
            (a, b) => Compare(a.Closed is null ? 0 : 1, b.Closed is null ? 0 : 1)
                ?? (a.Closed is null ? Compare(a.Flags.Contains(Urgent[0]) ? 0 : 1, b.Flags.Contains(Urgent[0]) ? 0 : 1) : Compare(b.Closed!.Value, a.Closed.Value))
                ?? Compare(a.At, b.At) ?? Compare(Text(a.Id), Text(b.Id)) ?? 0,
            random => random.Next(5) switch
            {
                0 => "UPDATE cases SET trial = NOT trial WHERE id = $1",
                1 => $"UPDATE cases SET closed_at = timestamptz '2026-04-0{random.Next(1, 5)} 12:00+02' WHERE id = $1",
                2 => "UPDATE cases SET closed_at = NULL WHERE id = $1",
                3 => $"UPDATE cases SET flags = ARRAY['{Urgent[0]}'] WHERE id = $1",
                _ => $"UPDATE cases SET flags = '{{}}', arrived_at = timestamptz '2026-04-02 0{random.Next(1, 9)}:00+02' WHERE id = $1"
            });
    }

    [Theory]
    [InlineData("onk.vec", "/tasks?view=unit")]
    [InlineData("onk.vec", "/cases")]
    [InlineData("onk.vec", "/lists/flaggade")]
    [InlineData("onk.lokadm", "/incidents")]
    public async Task F_6_a_cursor_that_is_not_ours_is_400(string user, string list)
    {
        var separator = list.Contains('?') ? '&' : '?';
        foreach (var cursor in new[] { "abc", "0", "50", "%00", "AQAAAAAAAAAA", new string('A', 7_000), "e30", "å", Uri.EscapeDataString("' OR 1=1 --") })
            (await host.Get(user, $"{list}{separator}cursor={cursor}")).Should(400).Faults.Should().Equal("cursor");
    }

    [Fact]
    public async Task F_3_a_cursor_in_another_zone_is_the_same_instant()
    {
        for (var n = 0; n < 2; n++) await host.Case();
        foreach (var list in new[] { "/cases?limit=1", "/tasks?view=available&limit=1" })
        {
            var first = (await host.Get("onk1.mott.a", list)).Should200().Body!;
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(first["next"]!.ToString());
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            text.Should().MatchRegex("[Zz+]00:00|Z\"");
            // As long, so that nothing else in it moves: the same number of characters, an hour from Greenwich.
            var other = text.Replace("+00:00", "+01:00", StringComparison.Ordinal);
            other.Should().NotBe(text, list);
            var cursor = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.Latin1.GetBytes(other));
            (await host.Get("onk1.mott.a", $"{list}&cursor={cursor}")).Should200();
        }
    }

    [Fact]
    public async Task F_6_a_cursor_is_good_for_its_list_and_its_person_only()
    {
        for (var i = 0; i < 3; i++) await host.Case(new { unit = "onk2", subject = "egen" });
        var mine = (await host.Get("onk.vec", "/tasks?view=unit&q=egen&limit=1")).Should200().Body!["next"]!.ToString();
        (await host.Get("onk.vec", $"/tasks?view=unit&q=egen&limit=2&cursor={mine}")).Should200();
        (await host.Get("onk.vec", $"/tasks?view=unit&q=annan&limit=1&cursor={mine}")).Should(400);
        (await host.Get("onk.vec", $"/tasks?view=mine&q=egen&limit=1&cursor={mine}")).Should(400);
        (await host.Get("admin", $"/tasks?view=unit&q=egen&limit=1&cursor={mine}")).Should(400);
        (await host.Get("onk.vec", $"/cases?q=egen&limit=1&cursor={mine}")).Should(400);
        for (var i = 0; i < mine.Length; i += 7)
        {
            var bent = mine[..i] + (mine[i] == 'x' ? 'y' : 'x') + mine[(i + 1)..];
            ((int)(await host.Get("onk.vec", $"/tasks?view=unit&q=egen&limit=1&cursor={bent}")).Status).Should().BeOneOf(200, 400);
        }
    }

    /// <summary>Walks through the list again and again while rows change between the pages, and compares every page with what sorting all rows gives.</summary>
    private async Task WalkAsync(string list, string user, string rows, Comparison<Row> order, Func<Random, string> change)
    {
        var random = new Random(7);
        for (var walk = 0; walk < Walks; walk++)
        {
            var limit = random.Next(1, 6);
            var seen = new List<Guid>();
            var all = await ReadAsync(rows);
            var still = all.Where(r => r.Listed).ToDictionary(r => r.Id);
            Row? place = null;
            string? cursor = null;
            do
            {
                var page = (await host.Get(user, $"{list}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).Should200().Body!;
                var listed = all.Where(r => r.Listed).ToList();
                listed.Sort(order);
                var left = listed.Where(r => place is null || order(r, place) > 0).ToList();
                Ids(page).Should().Equal(left.Take(limit).Select(r => r.Id), $"walk {walk} after {seen.Count}");
                page["moved"]!.GetValue<int>().Should().Be(place is null ? 0 : listed.Count(r => order(r, place) <= 0 && !seen.Contains(r.Id)), $"walk {walk} after {seen.Count}");
                (page["next"] is null).Should().Be(left.Count <= limit);
                seen.AddRange(left.Take(limit).Select(r => r.Id));
                place = left.Take(limit).LastOrDefault() ?? place;
                cursor = page["next"]?.ToString();
                for (var i = random.Next(4); i > 0; i--)
                {
                    await using var command = host.Source.CreateCommand(change(random));
                    command.Parameters.Add(new NpgsqlParameter { Value = all[random.Next(all.Count)].Id });
                    await command.ExecuteNonQueryAsync();
                }

                all = await ReadAsync(rows);
                foreach (var gone in still.Values.Where(r => !all.Any(n => n.Id == r.Id && n.Listed && order(n, r) == 0)).ToList()) still.Remove(gone.Id);
            }
            while (cursor is not null);

            // What was there all the time and kept its place.
            foreach (var id in still.Keys) seen.Count(s => s == id).Should().Be(1, $"walk {walk}");
        }
    }

    private async Task<List<Row>> ReadAsync(string sql)
    {
        await using var command = host.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<Row>();
        while (await reader.ReadAsync())
            found.Add(new Row(
                reader.GetGuid(0), reader.GetFieldValue<string[]>(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetDateTime(3),
                reader.GetDateTime(4), reader.GetBoolean(5), reader.IsDBNull(6) ? null : reader.GetDateTime(6)));
        return found;
    }

    private static List<Guid> Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(i => Guid.Parse(i!["id"]!.ToString()))];

    private static int? Compare<T>(T a, T b)
        where T : IComparable<T> => a.CompareTo(b) is not 0 and var sign ? sign : null;

    // PostgreSQL orders ids as their text is ordered.
    private static string Text(Guid id) => id.ToString("N");

    private sealed record Row(Guid Id, string[] Flags, int? Priority, DateTime? Due, DateTime At, bool Listed, DateTime? Closed);
}
