using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Answering is the deed, delivery is the channel's: what is said of a message and a notice follows what became of it.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task With_a_channel_both_are_queued_until_it_has_taken_them()
    {
        var channel = new HeldChannel();
        await using var host = await StartAsync(channel);
        var id = await AnsweredAsync(host);

        (await MessageAsync(host, id))["deliveryState"]!.ToString().Should().Be(DeliveryState.Queued);
        (await NoticesAsync(host, id)).Should().NotBeEmpty().And.OnlyContain(n => n!["deliveryState"]!.ToString() == DeliveryState.Queued);
        await ClosedAndAnsweredAsync(host, id);

        channel.Release();
        await EventuallyAsync(async () => (await MessageAsync(host, id))["deliveryState"]!.ToString() == DeliveryState.Sent
            && (await NoticesAsync(host, id)).All(n => n!["deliveryState"]!.ToString() == DeliveryState.Sent));
        channel.Taken.Single(m => m.Channel == NoticeChannel.Resident).Text.Should().Be("Ring oss");
        channel.Taken.Where(m => m.Channel != NoticeChannel.Resident).Should().NotBeEmpty();
        (await GetAsync(host, "admin", "/api/notices/undelivered"))["items"]!.AsArray().Should().NotContain(i => i!["caseId"]!.ToString() == id);
    }

    [Fact]
    public async Task Without_a_channel_both_say_so_and_stand_on_the_operators_list()
    {
        await using var host = await StartAsync(null);
        var id = await AnsweredAsync(host);

        (await MessageAsync(host, id))["deliveryState"]!.ToString().Should().Be(DeliveryState.NoChannel);
        (await NoticesAsync(host, id)).Should().NotBeEmpty().And.OnlyContain(n => n!["deliveryState"]!.ToString() == DeliveryState.NoChannel);
        await ClosedAndAnsweredAsync(host, id);

        var listed = await GetAsync(host, "admin", "/api/notices/undelivered");
        var mine = listed["items"]!.AsArray().Where(i => i!["caseId"]?.ToString() == id).ToList();
        mine.Should().ContainSingle(i => i!["kind"]!.ToString() == "message").Which!["caseNumber"]!.ToString().Should().StartWith("ONK1-");
        mine.Should().Contain(i => i!["kind"]!.ToString() == "notice");
        mine.Should().OnlyContain(i => i!["deliveryState"]!.ToString() == DeliveryState.NoChannel && i["error"]!.ToString().Length > 0);
        listed.ToJsonString().Should().NotContain("Ring oss", "the list tells that, not what");
        (await StatusAsync(host, "onk1.hant", "/api/notices/undelivered")).Should().Be(403);
        using var page = await host.Client.SendAsync(await RequestAsync(host, "admin", HttpMethod.Get, "/fel-i-rutiner"));
        (await page.Content.ReadAsStringAsync()).Should().Contain("Inte levererat").And.NotContain("Ring oss");
    }

    [Fact]
    public async Task In_development_the_file_channel_takes_both_and_a_notice_leads_to_the_sites_address()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Arguments = ["--Site:Address=https://arenden.example.se/vard/"] });
        var id = await AnsweredAsync(host);

        await EventuallyAsync(async () => (await MessageAsync(host, id))["deliveryState"]!.ToString() == DeliveryState.Sent
            && (await NoticesAsync(host, id)).All(n => n!["deliveryState"]!.ToString() == DeliveryState.Sent));
        (await NoticesAsync(host, id)).Should().NotBeEmpty().And.OnlyContain(n => n!["text"]!.ToString().EndsWith($" https://arenden.example.se/vard/arenden/{id}", StringComparison.Ordinal));
    }

    private static Task<TestHost> StartAsync(INoticeChannel? channel) => TestHost.StartAsync(new TestHostOptions
    {
        Customise = b => b.Services.AddSingleton(new DeliveryChannels(channel is null ? [] : [channel])),
    });

    private static async Task<string> AnsweredAsync(TestHost host)
    {
        var body = new JsonObject { ["unit"] = "Onkologimottagning 1", ["caseType"] = "Rådgivning", ["text"] = "Text", ["subject"] = "Ämne" };
        var id = (await PostAsync(host, "integration", "/api/cases", body))["id"]!.ToString();
        var task = (await GetAsync(host, "onk1.mott.a", $"/api/tasks?case={id}"))["items"]![0]!["id"]!.ToString();
        await PostAsync(host, "onk1.mott.a", $"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = "Besvara själv", ["fields"] = new JsonObject { ["svarstext"] = "Ring oss" } });
        return id;
    }

    private static async Task ClosedAndAnsweredAsync(TestHost host, string id)
    {
        var found = await GetAsync(host, "onk1.mott.a", $"/api/cases/{id}");
        found["status"]!.ToString().Should().Be("Avslutat med svar");
        found["clock"]!["state"]!.ToString().Should().Be("Uppfylld");
        (await MessageAsync(host, id))["sentAt"]!.GetValue<DateTimeOffset>().Should().Be(found["clock"]!["metAt"]!.GetValue<DateTimeOffset>());
    }

    private static async Task<JsonNode> MessageAsync(TestHost host, string id) =>
        (await GetAsync(host, "onk1.mott.a", $"/api/cases/{id}/messages")).AsArray().Single(m => m!["direction"]!.ToString() == "Ut")!;

    private static async Task<JsonArray> NoticesAsync(TestHost host, string id) =>
        new([.. (await GetAsync(host, "onk1.mott.a", $"/api/cases/{id}/notices")).AsArray().Select(n => n!.DeepClone())]);

    private static async Task<JsonNode> GetAsync(TestHost host, string user, string path)
    {
        using var answer = await host.Client.SendAsync(await RequestAsync(host, user, HttpMethod.Get, path));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<int> StatusAsync(TestHost host, string user, string path)
    {
        using var answer = await host.Client.SendAsync(await RequestAsync(host, user, HttpMethod.Get, path));
        return (int)answer.StatusCode;
    }

    private static async Task<JsonNode> PostAsync(TestHost host, string user, string path, JsonObject body)
    {
        var request = await RequestAsync(host, user, HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        using var answer = await host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpRequestMessage> RequestAsync(TestHost host, string user, HttpMethod method, string path)
    {
        using var signedIn = await host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        var token = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
        return new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition()) return;
            await Task.Delay(50);
        }

        throw new TimeoutException("It has not come about in half a minute.");
    }

    /// <summary>Takes nothing until it is released.</summary>
    private sealed class HeldChannel : INoticeChannel
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<NoticeMessage> Taken { get; } = new();

        public void Release() => _released.TrySetResult();

        public bool Delivers(string channel) => true;

        public async Task DeliverAsync(NoticeMessage notice, CancellationToken ct)
        {
            await _released.Task.WaitAsync(ct);
            Taken.Enqueue(notice);
        }
    }
}
