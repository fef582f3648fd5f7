using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>A page is one person's, and of one moment: what is clicked on it is done by that person alone, and after what it showed.</summary>
public sealed class PageOwnerTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task S_9_what_is_clicked_on_a_page_that_was_shown_to_another_is_not_done()
    {
        var (id, task) = await CaseAsync();
        using var shown = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.a");
        var page = await TextAsync(await shown.GetAsync($"/uppgifter/{task}"));
        var forms = Regex.Matches(page, "<form[^>]*method=\"post\"[^>]*action=\"(/uppgifter/[^\"]+)\".*?</form>", RegexOptions.Singleline).ToList();
        forms.Select(f => f.Groups[1].Value.Split('/')[^1]).Should().Contain(["ta", "kommentar", "parkera", "tilldela"]);
        using var other = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.b");
        var before = await HistoryAsync(id);
        foreach (Match form in forms)
        {
            if (form.Groups[1].Value == $"/uppgifter/{task}") continue;   // keeps what is written, and says so itself
            var fields = Regex.Matches(form.Value, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
            fields.Should().Contain(("visad-for", "onk1.mott.a"), form.Groups[1].Value);
            using var refused = await other.PostAsync(form.Groups[1].Value, [.. fields, ("text", "Hej"), ("till", "onk1.mott.b"), ("skal", "x")]);
            refused.StatusCode.Should().Be(HttpStatusCode.Conflict, form.Groups[1].Value);
            WebUtility.HtmlDecode(await TextAsync(refused)).Should().Contain("Sidan visades för någon annan");
        }

        (await HistoryAsync(id)).Should().Be(before);
    }

    [Fact]
    public async Task S_9_an_answer_does_not_go_past_what_the_resident_has_written_since()
    {
        var (id, task) = await CaseAsync();
        using var writer = await Browser.SignedInAsync(fixture.Host.Address, "onk1.mott.a");
        var page = await TextAsync(await writer.GetAsync($"/uppgifter/{task}"));
        var integration = await SignIn.TokenAsync(fixture.Host.Client, "integration");
        using (var message = await SendAsync(integration, HttpMethod.Post, $"/api/cases/{id}/resident-messages", new { text = "Jag har fått ont i bröstet" })) message.IsSuccessStatusCode.Should().BeTrue();
        using var refused = await writer.PostAsync($"/uppgifter/{task}", Answer(page, sett: ""));
        var again = await TextAsync(refused);
        again.Should().Contain("ont i br");
        // Shown with it, it goes.
        using var preview = await writer.PostAsync($"/uppgifter/{task}", Answer(again, sett: ""));
        var seal = Regex.Match(await TextAsync(preview), "name=\"sett\" value=\"([^\"]+)\"").Groups[1].Value;
        using (var late = await writer.PostAsync($"/uppgifter/{task}", Answer(page, seal)))
        {
            late.StatusCode.Should().Be(HttpStatusCode.Conflict, "the page of before, though what would be sent is the same");
            WebUtility.HtmlDecode(await TextAsync(late)).Should().Contain("Invånaren har skrivit igen");
        }

        using var sent = await writer.PostAsync($"/uppgifter/{task}", Answer(again, seal));
        sent.StatusCode.Should().Be(HttpStatusCode.SeeOther);
    }

    private static (string, string)[] Answer(string page, string sett)
    {
        string Hidden(string name) => WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);
        (string, string)[] fields =
        [
            ("outcome", "Besvara själv"), ("f.svarstext", "Allt väl."), ("f.team", "1"), ("f.svarstyp", "Svar"), ("skrivs-av", Hidden("skrivs-av")), ("senaste-meddelande", Hidden("senaste-meddelande")),
            ("utkast-sett", Hidden("utkast-sett")), ("utkast-sida", Hidden("utkast-sida")),
        ];
        return sett.Length == 0 ? fields : [.. fields, ("sett", sett)];
    }

    private async Task<(string Case, string Task)> CaseAsync()
    {
        var token = await SignIn.TokenAsync(fixture.Host.Client, "onk1.mott.a");
        using var made = await SendAsync(await SignIn.TokenAsync(fixture.Host.Client, "integration"), HttpMethod.Post, "/api/cases", new { unit = "Onkologimottagning 1", caseType = "Rådgivning", subject = "Råd", text = "Hej", patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson" } });
        made.StatusCode.Should().Be(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.ToString();
        using var tasks = await SendAsync(token, HttpMethod.Get, $"/api/tasks?case={id}");
        tasks.StatusCode.Should().Be(HttpStatusCode.OK, await tasks.Content.ReadAsStringAsync());
        return (id, JsonNode.Parse(await tasks.Content.ReadAsStringAsync())!["items"]![0]!["id"]!.ToString());
    }

    private async Task<HttpResponseMessage> SendAsync(string token, HttpMethod method, string path, object? body = null) =>
        await fixture.Host.Client.SendAsync(new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) }, Content = body is null ? null : JsonContent.Create(body),
        });

    private async Task<long> HistoryAsync(string id)
    {
        await using var command = fixture.Host.Database.DataSource.CreateCommand("SELECT count(*) FROM history WHERE case_id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();
}
