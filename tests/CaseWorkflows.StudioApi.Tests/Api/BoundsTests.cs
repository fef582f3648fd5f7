using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>Numbers and times at their ends, where Elsa's own calls take them.</summary>
public sealed class BoundsTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    [Theory]
    [InlineData("workflow-definitions?versionOptions=Latest&Page=2147483647&PageSize=2147483647")]
    [InlineData("workflow-definitions?versionOptions=Latest&Page=99999999999999&PageSize=10")]
    [InlineData("workflow-instances?page=2147483647&pageSize=2147483647")]
    [InlineData("workflow-instances?page=21474837&pageSize=100")]
    public async Task SECURITY_a_page_after_the_last_is_empty(string path)
    {
        var answer = await host.As("anna").GetAsync(path);
        answer.Status.Should().Be(HttpStatusCode.OK, answer.Text);
        answer.Json["items"]!.AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("workflow-definitions?Page=-1")]
    [InlineData("workflow-definitions?PageSize=tio")]
    [InlineData("workflow-instances?page=1.5")]
    [InlineData("workflow-instances?pageSize=NaN")]
    public async Task SECURITY_what_is_no_page_is_400(string path) => (await host.As("anna").GetAsync(path)).Status.Should().Be(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{ "page": 2147483647, "pageSize": 2147483647 }""", HttpStatusCode.OK)]
    [InlineData("""{ "page": 99999999999, "pageSize": 10 }""", HttpStatusCode.OK)]
    [InlineData("""{ "page": -1 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "timestampFilters": [ { "column": "CreatedAt", "operator": "LessThan", "timestamp": "0001-01-01T00:00:00Z" } ] }""", HttpStatusCode.OK)]
    [InlineData("""{ "timestampFilters": [ { "column": "CreatedAt", "operator": "GreaterThan", "timestamp": "9999-12-31T22:59:59.9999999Z" } ] }""", HttpStatusCode.OK)]
    [InlineData("""{ "timestampFilters": [ { "column": "CreatedAt", "operator": "Is", "timestamp": "2/4/2026" } ] }""", HttpStatusCode.BadRequest)]
    public async Task SECURITY_lists_of_runs_take_numbers_and_times_at_their_ends(string body, HttpStatusCode status)
    {
        var answer = await host.As("anna").PostAsync("workflow-instances", JsonNode.Parse(body));
        answer.Status.Should().Be(status, answer.Text);
    }

    [Fact]
    public async Task F_10_a_routine_has_no_more_steps_and_arrows_than_can_be_checked_at_once()
    {
        var many = Routines.Line("for-manga-steg", "För många", lines: 999);
        (await host.As("anna").SaveAsync(many)).Text.Should().Contain("Högst 1000 steg");
        var dense = Routines.Line("for-manga-pilar", "För många", lines: 60);
        foreach (var from in Enumerable.Range(1, 60))
        foreach (var to in Enumerable.Range(1, 60)) dense["root"]!["connections"]!.AsArray().Add(Routines.Arrow($"line{from}", "Done", $"line{to}"));
        var answer = await host.As("anna").SaveAsync(dense);
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Text.Should().Contain("Högst 3000 pilar");
    }

    [Theory]
    [InlineData("10675199.00:00:00")]
    [InlineData("99999999999.00:00:00")]
    public async Task F_5_publishing_a_timer_that_no_calendar_holds_is_400_with_a_sentence(string interval)
    {
        var model = Gate.Around(Settings.Trigger(Gate.Step("Elsa.Timer", "Ofta", ("interval", interval))), "Done");
        model["definitionId"] = $"timer-{interval.Length}";
        var answer = await host.As("anna").SaveAsync(model, publish: true);
        answer.Status.Should().Be(HttpStatusCode.BadRequest, answer.Text);
        answer.Text.Should().Contain("100 år");
    }
}
