using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>Forms as no browser sends them, to every page that takes one. A page that is added later is tried too.</summary>
public sealed class FormTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Encoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";

    /// <summary>A form, and what the page says about it.</summary>
    private static readonly (string? Type, byte[] Body, int Status, string Said)[] Broken =
    [
        ("application/json", Bytes("{}"), 400, "application/json"),
        ("text/plain", Bytes("text=a"), 400, "text/plain"),
        (null, Bytes("text=a"), 400, "ingen angiven"),
        (Encoded, Bytes("text=100%"), 400, "text"),
        (Encoded, Bytes("text=%zz&a=b"), 400, "hexadecimala"),
        (Encoded, Bytes("a=1&%F=b"), 400, "hexadecimala"),
        (Encoded, Bytes("a=1&svar=%ff%fe"), 400, "svar"),
        (Encoded, Bytes("svar=%ed%a0%80"), 400, "UTF-8"),
        (Encoded + "; charset=utf-7", Bytes("svar=a"), 400, "UTF-8"),
        (Encoded + "; charset=x-unicode-2-0-utf-7", Bytes("svar=a"), 400, "UTF-8"),
        (Multipart, Bytes("--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n1\r\n--x--\r\n"), 400, "UTF-8"),
        (Encoded, [.. Bytes("svar="), 0xC3, 0x28], 400, "UTF-8"),
        (Encoded, Bytes(string.Join('&', Enumerable.Range(0, 1025).Select(i => $"f{i}=1"))), 413, "1024"),
        (Encoded, Bytes(new string('n', 3000) + "=1"), 413, "2048"),
        (Encoded, Bytes("stort=" + new string('a', 5 * 1024 * 1024)), 413, "stort"),
        ("multipart/form-data", Bytes("--x--"), 400, "boundary"),
        ("multipart/form-data; boundary=\"\"", Bytes("--x--"), 400, "boundary"),
        ("multipart/form-data; boundary=" + new string('b', 200), Bytes("--x--"), 400, "boundary"),
        (Multipart, Bytes("not a form"), 400, "fel avgränsad"),
        (Multipart, Bytes("--y\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--y--\r\n"), 400, "fel avgränsad"),
        (Multipart, Bytes("--x\r\nContent-Disposition: form-data; name=a\r\n\r\nbroken off"), 400, "fel avgränsad"),
        (Multipart, Bytes("--x\r\nno header at all\r\n\r\n1\r\n--x--\r\n"), 400, "fel avgränsad"),
        (Multipart, Bytes("--x\r\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"H{i}: 1\r\n")) + "\r\n1\r\n--x--\r\n"), 413, "för mycket"),
        (Multipart, Bytes(string.Concat(Enumerable.Range(0, 1100).Select(i => Part($"f{i}", "1"))) + "--x--\r\n"), 413, "för mycket"),
        (Multipart, Bytes(Part(new string('n', 3000), "1") + "--x--\r\n"), 413, "2048"),
        (Multipart, Bytes(Part("stort", new string('a', 5 * 1024 * 1024)) + "--x--\r\n"), 413, "stort"),
    ];

    /// <summary>Texts that are odd and can be sent: null characters, half pairs as JavaScript makes them, directions, controls, nothing composed.</summary>
    private static readonly string[] Odd =
    [
        "%00", "a%00b", "%EF%BF%BD", "%E2%80%AE%E2%81%A6", "%01%02%1B%7F", "%0D%0A.%0D%0A", "A%CC%8A", "%EF%BF%BE%EF%BF%BF", "%F4%8F%BF%BF",
        "..%2F..%2Fetc", "%2F%5Cevil", "-1", "99999999999999999999", "9999-12-31T23%3A59", "0001-01-01T00%3A00", string.Concat(Enumerable.Repeat("e%CC%81", 500)), "",
    ];

    private static readonly string[] Names =
    [
        "text", "till", "skal", "utkast-sett", "anda", "tillbaka", "vy", "enhet", "typ", "nyckel", "utfall", "utfallet", "version", "reason", "save", "sida", "userName", "password", "returnUrl",
        "current", "new", "again", "f.reason", "f.outcome", "f.subject", "f.text", "f.team", "f.arrivedAt", "f.channel", "f.patient.personalNumber", "f.patient.birthDate", "r.0.x", "outcome",
    ];

    [Fact]
    public async Task S_11_no_form_is_read_that_is_not_one_and_the_page_says_what_is_wrong()
    {
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, SignIn.Administrator);
        foreach (var path in Pages())
        {
            // The large ones are the same reader's: two pages are enough for them.
            foreach (var (type, body, status, said) in Broken.Where(b => b.Body.Length < 1_000_000 || path is "/arenden/nytt" or "/byt-losenord"))
            {
                using var answer = await browser.PostAsync(path, type, body);
                var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
                ((int)answer.StatusCode).Should().Be(status, $"{path} {type} {body.Length} {said}");
                answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html", path);
                page.Should().Contain("lang=\"sv\"").And.Contain(said, $"{path} {type}");
            }
        }
    }

    [Fact]
    public async Task S_11_nobody_makes_a_page_fail_with_a_form()
    {
        using var nobody = new Browser(fixture.Host.Address);
        foreach (var path in Pages())
        {
            foreach (var (type, body, _, _) in Broken)
            {
                using var answer = await nobody.PostAsync(path, type, body);
                ((int)answer.StatusCode).Should().BeLessThan(500, $"{path} {type}");
            }
        }
    }

    [Fact]
    public async Task F_1_no_text_in_a_form_makes_a_page_fail()
    {
        foreach (var who in new[] { SignIn.Administrator, "onk1.mott.a" })
        {
            using var browser = await Browser.SignedInAsync(fixture.Host.Address, who);
            var pages = Pages().Where(p => p != "/logga-ut").ToList();
            foreach (var path in pages)
            {
                foreach (var odd in Odd)
                {
                    using var answer = await browser.PostAsync(path, Encoded, Bytes(string.Join('&', Names.Select(n => $"{n}={odd}"))));
                    ((int)answer.StatusCode).Should().BeLessThan(500, $"{path} {odd}: {await answer.Content.ReadAsStringAsync()}");
                }

                using var named = await browser.PostAsync(path, Encoded, Bytes(string.Join('&', Odd.Select(o => $"{o}=1"))));
                ((int)named.StatusCode).Should().BeLessThan(500, path);
                using var nothing = await browser.PostAsync(path, null, []);
                ((int)nothing.StatusCode).Should().BeLessThan(500, path);
            }
        }
    }

    [Theory]
    [InlineData("%2500")]
    [InlineData("%2541")]
    [InlineData("%25")]
    [InlineData("%252F..%252F")]
    [InlineData("%25FF")]
    [InlineData("%25C3%2596")]
    public async Task F_1_a_path_is_read_once_also_where_its_letters_are_composed(string end)
    {
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.a");
        foreach (var path in new[] { "/fel-i-rutiner/O%CC%88", "/arenden/O%CC%88", "/O%CC%88" })
        {
            using var posted = await browser.PostAsync(path + end + "/igen", Encoded, Bytes("text=a"));
            ((int)posted.StatusCode).Should().BeInRange(400, 499, path);
            using var asked = await fixture.Host.Client.GetAsync("/api/cases/O%CC%88" + end);
            ((int)asked.StatusCode).Should().BeInRange(400, 499, path);
        }
    }

    [Fact]
    public async Task F_1_a_null_in_a_form_is_told_at_its_field_and_what_was_typed_is_kept()
    {
        var token = await SignIn.TokenAsync(fixture.Host.Client, "integration");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases") { Headers = { { "Authorization", $"Bearer {token}" } } };
        request.Content = new StringContent("""{"unit":"Onkologimottagning 1","caseType":"Rådgivning","subject":"Prov","text":"Prov"}""", Encoding.UTF8, "application/json");
        using var made = await fixture.Host.Client.SendAsync(request);
        var id = System.Text.Json.Nodes.JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.ToString();
        await using var command = fixture.Host.Database.DataSource.CreateCommand($"SELECT id FROM task WHERE case_id = '{id}' LIMIT 1");
        var task = $"/uppgifter/{await command.ExecuteScalarAsync()}";
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.a");
        foreach (var (path, body, kept) in new[]
                 {
                     (task, "outcome=Besvara+sj%C3%A4lv&f.svarstyp=Svar&f.svarstext=Ring+oss%00+i+morgon", "i morgon"),
                     ($"{task}/kommentar", "text=Ringde%00+utan+svar", "utan svar"), ($"{task}/parkera", "till=2026-04-03T08%3A00&skal=V%C3%A4ntar%00+p%C3%A5+prov", "på prov"),
                     ("/arenden/nytt", "enhet=onk1&typ=radgivning&nyckel=n1&f.subject=Hej&f.text=Vill%00+ha+r%C3%A5d", "ha råd"),
                 })
        {
            using var answer = await browser.PostAsync(path, Encoded, Bytes(body));
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, $"{path}: {page}");
            page.Should().Contain("U+0000", path).And.Contain(kept, path);
        }

        // Where nothing is typed in there is nothing to keep.
        using var owner = await Browser.SignedInAsync(fixture.Host.Address, "agare");
        foreach (var (who, path, body) in new[]
                 {
                     (browser, $"{task}/tilldela", "till=%00"), (browser, $"{task}/tilldela", "till=onk1.hant%00&tillbaka=%00"), (browser, $"{task}/utkast", "outcome=%00&f.svarstext=a%00b"),
                     (browser, $"{task}/granska", "outcome=Besvara+sj%C3%A4lv&f.svarstext=a%00b"), (browser, $"{task}/ta", "tillbaka=%00"), (browser, $"{task}/lamna", "tillbaka=/%00"),
                     (browser, "/uppgifter/nasta", "vy=%00&enhet=%00"), (browser, task, "outcome=%00"), (browser, task, "outcome=Besvara+sj%C3%A4lv&sett=%00&revision=%00"), (browser, "/arenden/nytt", "enhet=%00&typ=%00"),
                     (owner, "/studio/workflows/definitions/onk-arende/rollback", "version=1&reason=a%00b"), (owner, "/studio/sprak", "till=%00&sida=/studio/%00"),
                 })
        {
            using var answer = await who.PostAsync(path, Encoded, Bytes(body));
            ((int)answer.StatusCode).Should().BeLessThan(500, $"{path} {body}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task F_2_a_file_without_contents_is_told_and_an_empty_form_is_no_case()
    {
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.a");
        string Form(string text, string file) => Part("enhet", "onk1") + Part("typ", "radgivning") + Part("nyckel", Guid.NewGuid().ToString("N")) + Part("f.text", text)
            + $"--x\r\nContent-Disposition: form-data; name=\"f.attachments\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n" + "--x--\r\n";
        foreach (var (text, file, said) in new[] { ("Vill ha råd", "tom.pdf", "är tom"), ("", "", "Skriv något om ärendet") })
        {
            using var answer = await browser.PostAsync("/arenden/nytt", Multipart, Bytes(Form(text, file)));
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, page);
            page.Should().Contain(said);
            page.Contains(text, StringComparison.Ordinal).Should().BeTrue(page);
        }

        using var sound = await browser.PostAsync("/arenden/nytt", Multipart, Bytes(Form("Vill ha råd", "")));
        sound.StatusCode.Should().Be(HttpStatusCode.SeeOther, await sound.Content.ReadAsStringAsync());
    }

    private List<string> Pages()
    {
        var pages = fixture.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(r => !Regex.IsMatch(r, "^/(api|elsa|health|openapi)/"))
            .Select(r => Regex.Replace(r, @"\{[^}]+\}", r.StartsWith("/studio", StringComparison.Ordinal) ? "onk-arende" : "0196f000-0000-7000-8000-000000000000"))
            .Distinct().Order().ToList();
        pages.Should().HaveCountGreaterThan(15);
        return pages;
    }

    private static string Part(string name, string value) => $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
