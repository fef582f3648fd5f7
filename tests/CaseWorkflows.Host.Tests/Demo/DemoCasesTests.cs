using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.Demo;
using CaseWorkflows.Host.Tests.House;
using CaseWorkflows.Testing;
using FluentAssertions.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Demo;

/// <summary>What a newcomer finds after <c>dotnet run</c>: every case of <c>workflows/demo/cases.json</c>, in the state that the file says, whatever day it is.</summary>
public sealed class DemoCasesTests
{
    // Made by the response clock of a case that came in long ago enough, which depends on the weekday.
    private const string FlaggedTask = "Åtgärda flaggat ärende";

    private static readonly string File = Path.Combine(SourceTree.Root, "workflows", "demo", "cases.json");

    [Fact]
    public async Task A_development_host_on_the_machines_clock_has_them()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { ManualClock = false });
        await ShouldBeAsPromisedAsync(host, DateTimeOffset.UtcNow, []);
    }

    [Fact]
    public async Task They_come_out_the_same_on_any_weekday_at_any_hour()
    {
        // Saturday night, Monday before opening, Wednesday at noon, Thursday evening before a holiday, the holiday itself.
        string[] moments = ["2026-12-19T23:50+01:00", "2026-12-21T06:00+01:00", "2026-12-23T12:00+01:00", "2026-12-24T19:00+01:00", "2026-12-25T09:00+01:00"];
        await using var host = await TestHost.StartAsync(new TestHostOptions { Now = DateTimeOffset.Parse(moments[0], System.Globalization.CultureInfo.InvariantCulture) });
        var seen = new HashSet<string>();
        foreach (var moment in moments)
        {
            using (var moved = await SendAsync(host, HttpMethod.Put, "/api/clock", new JsonObject { ["now"] = moment })) moved.EnsureSuccessStatusCode();
            (await ActivatorUtilities.CreateInstance<DemoCases>(host.Services).MakeAsync(File, CancellationToken.None)).Should().Be(Promises().Count);
            await ShouldBeAsPromisedAsync(host, DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), seen);
        }
    }

    private static async Task ShouldBeAsPromisedAsync(TestHost host, DateTimeOffset now, HashSet<string> earlier)
    {
        var found = new List<JsonNode>();
        foreach (var item in (await GetAsync(host, "/api/cases?limit=200"))["items"]!.AsArray().Where(i => earlier.Add(i!["id"]!.ToString())))
            found.Add(await GetAsync(host, $"/api/cases/{item!["id"]}"));
        var promises = Promises();
        found.Should().HaveCount(promises.Count);
        using var all = new AssertionScope();
        foreach (var promise in promises)
        {
            var made = found.Should().ContainSingle(c => c["subject"]!.ToString() == promise["case"]!["subject"]!.ToString() && c["unit"]!.ToString() == promise["case"]!["unit"]!.ToString()).Subject;
            var what = $"{made["subject"]} of {now:dddd HH:mm}";
            made["status"]!.ToString().Should().Be(promise["then"]!["status"]!.ToString(), what);
            made["tasks"]!.AsArray().Where(t => t!["state"]!.ToString() is "Öppen" or "Tagen" or "Låst").Select(t => t!["title"]!.ToString()).Where(t => t != FlaggedTask)
                .Should().BeEquivalentTo(promise["then"]!["tasks"]!.AsArray().Select(t => t!.ToString()), what);
            made["arrivedAt"]!.GetValue<DateTimeOffset>().Should().BeCloseTo(now.AddHours(-promise["hoursAgo"]!.GetValue<double>()), TimeSpan.FromMinutes(5), what);
            made["workflowInstances"]!.AsArray().Select(i => i!["status"]!.ToString()).Should().NotContain("Faulted", what);
        }
    }

    private static List<JsonNode> Promises() => [.. JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsArray().Select(e => e!)];

    private static async Task<JsonNode> GetAsync(TestHost host, string path)
    {
        using var answer = await SendAsync(host, HttpMethod.Get, path, null);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, HttpMethod method, string path, JsonNode? body)
    {
        using var signIn = await host.Client.PostAsJsonAsync("/api/auth/token", new { userName = "admin", password = "demo" });
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await signIn.Content.ReadAsStringAsync())!["accessToken"]!.ToString());
        return await host.Client.SendAsync(request);
    }
}
