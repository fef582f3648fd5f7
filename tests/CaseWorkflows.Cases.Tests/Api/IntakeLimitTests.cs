using System.Text;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>How much comes in at once: every list and object that somebody outside sends has a ceiling, told with its field.</summary>
public sealed class IntakeLimitTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Bidi = "photo\u202Egpj\u200B.exe";

    [Theory]
    [InlineData("attachments", """ "attachments":[#] """, """{"name":"a","base64":"QQ=="}""", 51)]
    [InlineData("attachments", """ "attachments":[#] """, """{"name":"a","base64":"QQ=="}""", 200_000)]
    [InlineData("fields", """ "fields":{#} """, "\"f@\":\"x\"", 201)]
    [InlineData("fields", """ "fields":{#} """, "\"f@\":\"x\"", 200_000)]
    [InlineData("fields.f", """ "fields":{"f":[#]} """, "\"x\"", 501)]
    [InlineData("f", """ "fields":{"f":[#]} """, "\"x\"", 1_000_000)]
    [InlineData("okänt", """ "okänt":[#] """, "1", 200_000)]
    [InlineData("$", """ #,"a":1 """, "\"p@\":1", 5_000)]
    public async Task F_2_more_than_fits_is_refused_with_its_field_and_at_once(string field, string property, string element, int count)
    {
        var elements = string.Join(',', Enumerable.Range(0, count).Select(i => element.Replace("@", $"{i}")));
        var body = With(property.Replace("#", elements));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await host.Post("integration", "/cases", body)).Should(400).Faults.Should().BeEquivalentTo(field);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task F_2_what_just_fits_is_taken()
    {
        var files = string.Join(',', Enumerable.Repeat("""{"name":"a","base64":"QQ=="}""", 50));
        var fields = string.Join(',', Enumerable.Range(0, 199).Select(i => $"\"f{i}\":\"x\""));
        var many = string.Join(',', Enumerable.Repeat("\"x\"", 500));
        var made = (await host.Post("integration", "/cases", With($$""" "attachments":[{{files}}],"fields":{{{fields}},"f":[{{many}}]} """))).Should(201);
        made.Body!["attachments"]!.AsArray().Should().HaveCount(50);
        made.Body["fields"]!["f"]!.AsArray().Should().HaveCount(500);
    }

    [Fact]
    public async Task F_2_messages_events_answers_and_comments_have_the_same_ceilings()
    {
        var id = await host.Case();
        var task = await host.TaskOf(id);
        var files = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => (JsonNode)new JsonObject { ["name"] = "a", ["base64"] = "QQ==" })]);
        (await host.Post("integration", $"/cases/{id}/resident-messages", new JsonObject { ["text"] = "x", ["attachments"] = files }.ToJsonString()))
            .Should(400).Faults.Should().BeEquivalentTo("attachments");
        var list = "[" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "]";
        (await host.Post("integration", $"/cases/{id}/events", "{\"event\":\"X\",\"data\":{\"a\":" + list + "}}")).Should(400).Faults.Should().BeEquivalentTo("data.a");
        (await host.Post("onk1.mott.a", $"/tasks/{task}/complete", "{\"outcome\":\"X\",\"fields\":{\"a\":" + list + "}}")).Should(400).Faults.Should().BeEquivalentTo("a");
        (await host.Post("onk1.mott.a", $"/tasks/{task}/comments", $$"""{"text":"x","a":{{list}}}""")).Should(400).Faults.Should().BeEquivalentTo("a");
        (await host.Post("onk1.mott.a", $"/tasks/{task}/draft", "{\"fields\":{\"" + new string('n', 201) + "\":1}}")).Should(400).Faults.Should().ContainSingle();
        (await host.Get("admin", $"/cases/{id}/messages")).Should(200).Body!.AsArray().Should().NotContain(m => m!["direction"]!.ToString() == "In");
    }

    [Fact]
    public async Task F_2_a_resident_may_send_a_picture_without_words()
    {
        var id = await host.Case();
        var sent = $"/cases/{id}/resident-messages";
        (await host.Post("integration", sent, """{"attachments":[{"name":"utslag.jpg","base64":"QQ=="}]}""")).Should(202);
        (await host.Post("integration", sent, """{"text":" \u200b","attachments":[{"name":"utslag2.jpg","base64":"QQ=="}]}""")).Should(202);
        foreach (var nothing in new[] { "{}", """{"text":" \u200b"}""", """{"text":"","attachments":[]}""" }) (await host.Post("integration", sent, nothing)).Should(400).Faults.Should().Equal("text");
        (await host.Get("admin", $"/cases/{id}/messages")).Should(200).Body!.AsArray().Where(m => m!["direction"]!.ToString() == "In").Should().HaveCount(2);
    }

    [Fact]
    public async Task An_empty_file_is_refused_and_a_name_shows_what_it_is()
    {
        (await host.TryCase(new { attachments = new[] { new { name = "tom.txt", base64 = "" } } })).Should(400).Faults.Should().BeEquivalentTo("attachments");
        var made = (await host.TryCase(new
        {
            attachments = new[] { new { name = Bidi, base64 = "QQ==" } }, patient = new { name = "Tol\u202Evan" }, sender = new { name = "\u2066Tolvan\u2069" }
        })).Should(201);
        made.Body!["attachments"]![0]!["name"]!.ToString().Should().Be("photogpj.exe");
        made.Body["patient"]!["name"]!.ToString().Should().Be("Tolvan");
        made.Body["sender"]!["name"]!.ToString().Should().Be("Tolvan");
        (await host.Post("admin", "/people", new { displayName = "Sju\u200Bksköterska", region = "VGR" })).Should(400).Faults.Should().BeEquivalentTo("displayName");
    }

    private static string With(string property) => new StringBuilder("""{"unit":"onk1","caseType":"Rådgivning","text":"x",""").Append(property).Append('}').ToString();
}
