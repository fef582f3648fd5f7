using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>F-1 and F-2 through the API: text that nothing can keep, and JSON of the wrong kind.</summary>
public sealed class SoundInputTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Reception = "onk1.mott.a";

    [Theory]
    [InlineData("subject", """ "subject":"a\u0000b" """)]
    [InlineData("text", """ "text":"a\u0000b" """)]
    [InlineData("patient.name", """ "patient":{"name":"a\u0000b"} """)]
    [InlineData("externalId", """ "externalId":"a\u0000b" """)]
    [InlineData("unit", """ "unit":"a\u0000b" """)]
    [InlineData("attachments[0].name", """ "attachments":[{"name":"a\u0000b","base64":"QUJD"}] """)]
    [InlineData("önskemål", """ "fields":{"önskemål":"a\u0000b"} """)]
    [InlineData("$", """ "a\u0000b":1 """)]
    public async Task F_1_a_null_is_refused_with_its_field(string field, string property)
    {
        var answer = (await host.Post("integration", "/cases", With(property))).Should(400);
        answer.Faults.Should().BeEquivalentTo(field);
        answer.Body!["errors"]![field]![0]!.ToString().Should().Contain("U+0000");
    }

    [Theory]
    [InlineData("comments", """{"text":"a\u0000b"}""", "text")]
    [InlineData("claim", """{"skäl":"a\u0000b"}""", "skäl")]
    [InlineData("park", """{"until":"2026-04-03T10:00:00+02:00","reason":"a\u0000b"}""", "reason")]
    [InlineData("assign", """{"to":"a\u0000b"}""", "to")]
    [InlineData("draft", """{"fields":{"svarstext":"a\u0000b"}}""", "svarstext")]
    [InlineData("complete", """{"outcome":"Klar","fields":{"svarstext":"a\u0000b"}}""", "svarstext")]
    public async Task F_1_a_null_in_what_is_done_with_a_task_is_refused_with_its_field(string verb, string body, string field)
    {
        var task = await host.TaskOf(await host.Case());
        (await host.Post(Reception, $"/tasks/{task}/{verb}", body)).Should(400).Faults.Should().BeEquivalentTo(field);
    }

    [Fact]
    public async Task F_1_half_an_emoji_is_stored_as_its_replacement_in_a_case_and_in_a_residents_message()
    {
        var created = (await host.Post("integration", "/cases", With(""" "subject":"Hej \ud83d","fields":{"önskemål":"\ude00 snart"} """))).Should(201);
        created.Body!["subject"]!.ToString().Should().Be("Hej \uFFFD");
        created.Body["fields"]!["önskemål"]!.ToString().Should().Be("\uFFFD snart");
        var id = created.Body["id"]!.ToString();
        (await host.Post("integration", $"/cases/{id}/resident-messages", """{"text":"Tack \ud83d"}""")).Should(202);
        (await host.Get("admin", $"/cases/{id}/messages")).Should(200).Body!.AsArray().Should().Contain(m => m!["text"]!.ToString() == "Tack \uFFFD");
    }

    [Fact]
    public async Task F_1_queries_and_paths_with_what_no_text_holds_find_nothing()
    {
        await host.Post("integration", "/cases", With(""" "subject":"Hej \ud83d" """));
        (await host.Get("admin", "/cases?q=%00")).Should(200).Body!["items"]!.AsArray().Should().BeEmpty();
        foreach (var path in new[]
                 {
                     "/tasks?view=all&q=%00", "/cases?q=a%00b%25%5C", "/cases?q=%ED%A0%BD", "/cases?q=%FF%FE", "/cases?owner=%00", "/cases?status=%00&flag=%00&caseType=%00",
                     "/units?q=%00", "/units/%EF%BF%BF", "/people/%FF", "/tasks?view=%00", "/lists/%C3%28", "/reports/%FF", "/cases?%00=1", "/cases?unit=%00", "/incidents?case=%00",
                 })
            ((int)(await host.Get("admin", path)).Status).Should().BeLessThan(500, path);
    }

    [Fact]
    public async Task F_1_names_in_pieces_are_the_same_as_composed_ones()
    {
        var name = $"A\u030Asa O\u0308berg {Guid.NewGuid():N}";
        var created = (await host.TryCase(new { patient = new { name }, externalId = $"{name} 1", channel = "App" })).Should(201);
        created.Body!["patient"]!["name"]!.ToString().Should().Be(name.Normalize());
        foreach (var asked in new[] { name, name.Normalize(), name.Normalize().ToUpperInvariant() })
            (await host.Get("admin", $"/cases?q={Uri.EscapeDataString(asked)}")).Should(200).Body!["items"]!.AsArray().Should().ContainSingle(asked);
        (await host.TryCase(new { patient = new { name = name.Normalize() }, externalId = $"{name} 1".Normalize(), channel = "App" })).Should(200).Body!["id"]!.ToString().Should().Be(created.Body["id"]!.ToString());
        (await host.TryCase(new { unit = "Onkologimottagning O\u0308stra" })).Should(201).Body!["unit"]!.ToString().Should().Be("Onkologimottagning Östra");
        (await host.TryCase(new { caseType = "Ra\u030Adgivning" })).Should(201);
        (await host.Post("integration", "/cases", With(""" "fields":{"o\u0308nskema\u030Al":"snart"} """))).Should(201).Body!["fields"]!["önskemål"]!.ToString().Should().Be("snart");
    }

    [Fact]
    public async Task F_1_what_was_stored_in_pieces_before_is_found_and_not_made_twice()
    {
        var id = await host.Case();
        var external = $"O\u0308-{Guid.NewGuid():N}";
        await using (var command = host.Source.CreateCommand("UPDATE cases SET channel = 'App', external_id = $1 WHERE id = $2"))
        {
            command.Parameters.Add(new() { Value = external });
            command.Parameters.Add(new() { Value = Guid.Parse(id) });
            await command.ExecuteNonQueryAsync();
        }

        foreach (var form in new[] { external, external.Normalize() })
            (await host.TryCase(new { channel = "App", externalId = form })).Should(200).Body!["id"]!.ToString().Should().Be(id);
    }

    [Fact]
    public async Task F_1_nobody_signs_in_with_a_null_and_nobody_else_is_harmed()
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        for (var i = 0; i < 6; i++)
        {
            (await SignIn("""{"userName":"a\u0000","password":"x"}""")).Should().Be(HttpStatusCode.Unauthorized);
            (await SignIn("""{"userName":"a\ud83d","password":"\ude00"}""")).Should().Be(HttpStatusCode.Unauthorized);
            (await SignIn("""{"userName":"admin","password":"demo"}""")).Should().Be(HttpStatusCode.OK);
        }

        async Task<HttpStatusCode> SignIn(string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("/api/auth/token", content);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("""{"userName":{"a":1},"password":"x"}""")]
    [InlineData("""{"userName":["admin"],"password":"x"}""")]
    [InlineData("""{"userName":"admin","userName":"admin","password":"demo"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public async Task F_2_a_sign_in_of_the_wrong_form_is_400(string body)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/auth/token", content);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("patient", """ "patient":"19121212-1212" """)]
    [InlineData("sender", """ "sender":"Patient" """)]
    [InlineData("fields", """ "fields":[{"önskemål":"Avboka"}] """)]
    [InlineData("attachments[0]", """ "attachments":["QUJD"] """)]
    [InlineData("attachments", """ "attachments":{"name":"x"} """)]
    [InlineData("patient.name", """ "patient":{"name":["Tolvan"]} """)]
    [InlineData("patient.digital", """ "patient":{"digital":"ja"} """)]
    [InlineData("sender.kind", """ "sender":{"kind":1} """)]
    [InlineData("unit", """ "unit":{"id":"onk1"} """)]
    [InlineData("caseType", """ "caseType":["Rådgivning"] """)]
    [InlineData("channel", """ "channel":1 """)]
    [InlineData("externalId", """ "externalId":17 """)]
    [InlineData("arrivedAt", """ "arrivedAt":{"at":1} """)]
    [InlineData("team", """ "team":[3] """)]
    [InlineData("priority", """ "priority":true """)]
    [InlineData("subject", """ "subject":{} """)]
    [InlineData("text", """ "text":false """)]
    [InlineData("subject", """ "subject":"a","subject":"b" """)]
    public async Task F_2_a_wrong_kind_is_refused_with_its_field(string field, string property) =>
        (await host.Post("integration", "/cases", With(property))).Should(400).Faults.Should().BeEquivalentTo(field);

    [Fact]
    public async Task F_2_wrong_kinds_are_told_with_every_other_fault()
    {
        var answer = await host.Post("integration", "/cases", """{"unit":"Onkologimottagning 17","caseType":5,"patient":{"name":1,"birthDate":"igår"},"subject":[],"priority":99}""");
        answer.Should(400).Faults.Should().BeEquivalentTo("unit", "caseType", "patient.name", "patient.birthDate", "subject", "priority");
    }

    [Theory]
    [InlineData("externalId", 200)]
    [InlineData("subject", 500)]
    [InlineData("text", 20_000)]
    public async Task F_2_a_text_that_is_too_long_is_refused_with_the_limit(string field, int longest)
    {
        (await host.TryCase(new Dictionary<string, string> { [field] = new('å', longest) })).Should(201);
        var answer = (await host.TryCase(new Dictionary<string, string> { [field] = new('å', longest + 1) })).Should(400);
        answer.Faults.Should().BeEquivalentTo(field);
        answer.Body!["errors"]![field]![0]!.ToString().Replace("\u00A0", "").Should().Contain($"{longest} tecken");
        (await host.TryCase(new Dictionary<string, string> { [field] = new('å', 100_000) })).Should(400);
    }

    [Theory]
    [InlineData("bild/åäö", 400)]
    [InlineData("image/jpeg\r\nX-A: 1", 400)]
    [InlineData("image", 400)]
    [InlineData("image/jpeg", 201)]
    [InlineData("text/plain; charset=utf-8", 201)]
    [InlineData("", 201)]
    [InlineData(null, 201)]
    public async Task F_2_an_attachment_is_taken_when_it_can_be_given_back(string? contentType, int status)
    {
        var answer = (await host.TryCase(new { attachments = new[] { new { name = "../bi\u0007ld A\u030A.jpg", contentType, base64 = "QUJD" } } })).Should(status);
        if (status != 201)
        {
            answer.Faults.Should().BeEquivalentTo("attachments");
            return;
        }

        var attachment = answer.Body!["attachments"]!.AsArray().Single()!;
        attachment["name"]!.ToString().Should().Be("bild Å.jpg");
        var served = (await host.Get("admin", $"/cases/{answer.Body["id"]}/attachments/{attachment["id"]}")).Should(200);
        served.Text.Should().Be("ABC");
    }

    [Fact]
    public async Task F_2_an_attachment_that_was_stored_with_a_type_that_cannot_be_served_comes_without_it()
    {
        var created = await host.TryCase(new { attachments = new[] { new { name = "bild.jpg", contentType = "image/jpeg", base64 = "QUJD" } } });
        var id = created.Body!["attachments"]![0]!["id"]!.ToString();
        await using var command = host.Source.CreateCommand("UPDATE attachment SET content_type = 'bild/åäö' WHERE id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        await command.ExecuteNonQueryAsync();
        (await host.Get("admin", $"/cases/{created.Body["id"]}/attachments/{id}")).Should(200).Text.Should().Be("ABC");
    }

    [Theory]
    [InlineData("tasks/next", """{"view":["mine"]}""", "view")]
    [InlineData("tasks/next", """{"unit":{}}""", "unit")]
    [InlineData("tasks/{task}/comments", """{"text":["a"]}""", "text")]
    [InlineData("tasks/{task}/comments", """{"text":5}""", "text")]
    [InlineData("tasks/{task}/assign", """{"to":{"id":"x"}}""", "to")]
    [InlineData("tasks/{task}/draft", """{"fields":"x"}""", "fields")]
    [InlineData("tasks/{task}/draft", """{"fields":[]}""", "fields")]
    [InlineData("tasks/{task}/complete", """{"outcome":["Klar"]}""", "outcome")]
    [InlineData("tasks/{task}/complete", """{"outcome":"Klar","fields":[1]}""", "fields")]
    [InlineData("cases/{case}/resident-messages", """{"text":{"a":1}}""", "text")]
    [InlineData("cases/{case}/resident-messages", """{"text":"hej","attachments":"QUJD"}""", "attachments")]
    [InlineData("cases/{case}/resident-messages", """{"text":"hej","attachments":["QUJD"]}""", "attachments")]
    [InlineData("cases/{case}/events", """{"event":7}""", "event")]
    public async Task F_2_wrong_kinds_are_refused_by_every_call(string path, string body, string field)
    {
        var id = await host.Case();
        var user = path.StartsWith("cases", StringComparison.Ordinal) ? "integration" : Reception;
        path = path.Replace("{case}", id).Replace("{task}", path.Contains("{task}") ? await host.TaskOf(id) : "");
        (await host.Post(user, "/" + path, body)).Should(400).Faults.Should().BeEquivalentTo(field);
    }

    [Fact]
    public async Task F_2_bodies_that_are_no_object_or_no_utf8_or_odd_are_400_in_Swedish()
    {
        foreach (var body in new[] { "[]", "null", "5", "\"x\"", "true", "{", "{}{}", "{\"a\":}", "\uFEFF{]", new string('[', 50_000), "{\"n\":" + new string('9', 5000) + "}" })
        {
            var answer = (await host.Post("integration", "/cases", body)).Should(400);
            answer.Body!["errors"]!.AsObject().Should().NotBeEmpty(body[..Math.Min(20, body.Length)]);
        }

        foreach (var (bytes, type, encoding) in new (byte[], string, string?)[]
                 {
                     ([.. "{\"subject\":\""u8, 0xFF, 0xFE, .. "\"}"u8], "application/json", null), (Encoding.Unicode.GetBytes("\uFEFF{}"), "application/json; charset=utf-16", null),
                     ("{}"u8.ToArray(), "text/html; charset=klingon", null), ("a=1&b=%00"u8.ToArray(), "application/x-www-form-urlencoded", null),
                     ("{}"u8.ToArray(), "application/json", "gzip"), ([0x1F, 0x8B, 8, 0], "application/json", "gzip"), ([], "application/json", null),
                 })
        {
            using var request = await host.Request("integration", "/cases");
            request.Method = HttpMethod.Post;
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (encoding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            using var client = new HttpClient();
            using var answer = await client.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, type);
            JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsObject().Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task F_2_an_idempotency_key_of_control_characters_or_too_long_is_400()
    {
        using var client = new HttpClient();
        foreach (var key in new[] { "a\u0001b", "a\tb", new string('a', 201), "\u0085" })
        {
            using var request = await host.Request("integration", "/cases");
            request.Method = HttpMethod.Post;
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            request.Content = new StringContent(With(""), Encoding.UTF8, "application/json");
            try
            {
                using var answer = await client.SendAsync(request);
                answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, key);
            }
            catch (HttpRequestException)
            {
                // The client itself sends no such header.
            }
        }
    }

    [Fact]
    public async Task F_1_innocent_calls_after_a_dozen_bad_ones_are_answered()
    {
        var id = await host.Case();
        for (var i = 0; i < 4; i++)
        {
            await host.Post("integration", "/cases", With(""" "subject":"Hej \ud83d","text":"\ude00" """));
            await host.Post("integration", "/cases", With(""" "subject":"a\u0000b" """));
            await host.Post("integration", $"/cases/{id}/resident-messages", """{"text":"\ud83d"}""");
            await host.Get("admin", "/cases?q=%00");
        }

        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            (await host.TryCase(new { subject = $"Vanligt {i}" })).Should(201).Body!["subject"]!.ToString().Should().Be($"Vanligt {i}");
            (await host.Get("admin", $"/cases/{id}")).Should(200).Body!["id"]!.ToString().Should().Be(id);
        }));
    }

    private static string With(string property)
    {
        // Put in as it stands: some of it cannot be written by a serializer. What it names itself is not given twice.
        var usual = new Dictionary<string, string> { ["unit"] = "Onkologimottagning 1", ["caseType"] = "Rådgivning", ["text"] = "Text" };
        var given = string.Join(",", usual.Where(u => !property.Contains($"\"{u.Key}\":")).Select(u => $"\"{u.Key}\":\"{u.Value}\""));
        return "{" + (property.Trim().Length == 0 ? given : $"{given},{property}") + "}";
    }
}
