using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>The integration account: its channels' cases, and a queue of its own.</summary>
public sealed class OutgoingMessageTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task An_answer_is_in_the_queue_until_it_is_told_to_have_arrived()
    {
        var id = await Answered("utgaende-1");
        var message = (await Queue()).Single(m => m["caseId"]!.ToString() == id);
        message["text"]!.ToString().Should().Contain("Svaret");
        message["externalId"]!.ToString().Should().Be("utgaende-1");
        var path = $"/outgoing-messages/{message["id"]}/delivery";
        (await host.Post("onk1.mott.a", path, new { state = "Levererat" })).Should(403);
        (await host.Post("integration", path, new { state = "Kanske" })).Should(400);
        for (var i = 0; i < 2; i++) (await host.Post("integration", path, new { state = "Levererat" })).Should200();
        (await Queue()).Should().NotContain(m => m["caseId"]!.ToString() == id);
        (await host.Get("onk1.mott.a", $"/cases/{id}/messages")).Body!.AsArray().Should().Contain(m => m!["deliveryState"]!.ToString() == "Levererat");
        (await host.History(id)).Count(h => h["event"]!.ToString() == "Meddelande levererat").Should().Be(1);
    }

    [Fact]
    public async Task It_is_an_integration_s_alone_and_its_cursor_is_checked()
    {
        (await host.Get("onk1.mott.a", "/outgoing-messages")).Should(403);
        (await host.Get("integration", "/outgoing-messages?cursor=abc")).Should(400);
        (await host.Post("integration", $"/outgoing-messages/{Guid.NewGuid()}/delivery", new { state = "Levererat" })).Should(404);
    }

    [Fact]
    public async Task The_account_reads_what_it_delivered_but_no_protected_identity_and_nothing_of_the_staff_s()
    {
        var id = await host.Case(new { externalId = "egen-1" });
        (await host.Get("integration", $"/cases/{id}")).Should200().Text.Should().Contain("Hemlig text");
        foreach (var path in new[] { "history", "notices", "print" }) (await host.Get("integration", $"/cases/{id}/{path}")).Should(403);

        var hidden = new { externalId = "skyddad-1", patient = new { name = "Skydda Skyddsson", protectedIdentity = "Ja – skyddad" } };
        var secret = await host.Case(hidden);
        (await host.Get("integration", $"/cases/{secret}")).Should(403);
        (await host.Get("integration", "/cases?limit=200")).Should(403).Text.Should().NotContain(secret);
        // Delivered again, and what the resident writes: that has to arrive.
        var again = (await host.TryCase(hidden)).Should200();
        again.Id.Should().Be(secret);
        again.Text.Should().NotContain("Skyddsson").And.NotContain("Hemlig");
        (await host.Post("integration", $"/cases/{secret}/resident-messages", new { text = "Mer" })).Should(202);
    }

    private async Task<IReadOnlyList<JsonNode>> Queue() =>
        [.. (await host.Get("integration", "/outgoing-messages?limit=200")).Should200().Body!["items"]!.AsArray().Select(m => m!)];

    private async Task<string> Answered(string externalId)
    {
        var id = await host.Case(new { externalId });
        (await host.Post("onk1.mott.a", $"/tasks/{await host.TaskOf(id)}/complete", new { outcome = "Besvara själv", fields = new { svarstext = "Svaret till dig" } })).Should200();
        return id;
    }
}
