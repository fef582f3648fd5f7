using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>A task's form that was sent and did not complete the task: what somebody has written in it is kept.</summary>
public sealed class TaskFormTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Receiver = "onk1.mott.a";
    private const string Colleague = "onk1.mott.b";
    private const string Written = "Ett långt svar, skrivet strax före klicket.";

    private TestHost Host => fixture.Host;

    /// <summary>Every way in which a press does not complete the task.</summary>
    [Theory]
    [InlineData("preview", 200)]
    [InlineData("field missing", 400)]
    [InlineData("text too long", 400)]
    [InlineData("no outcome", 400)]
    [InlineData("no such outcome", 400)]
    [InlineData("changed by somebody", 409)]
    public async Task F_11_what_was_sent_and_did_not_complete_the_task_comes_back_as_the_draft(string how, int status)
    {
        var (_, task) = await CaseAsync();
        using var browser = await Browser.SignedInAsync(Host.Address, Receiver);
        await BodyAsync(browser.PostAsync(task + "/utkast", ("outcome", "Besvara själv"), ("f.svarstext", "Första stycket.")), 204);

        var text = how == "text too long" ? Written + new string('a', 100_000) : Written;
        (string, string)[] form = how switch
        {
            "field missing" => [("outcome", "Kräver läkare"), ("f.intern_notering", text)],
            "no outcome" => [("f.svarstext", text)],
            "no such outcome" => [("outcome", "Något annat"), ("f.svarstext", text)],
            "changed by somebody" => [("outcome", "Besvara själv"), ("f.svarstyp", "Svar"), ("f.svarstext", text), ("revision", "999")],
            _ => [("outcome", "Besvara själv"), ("f.svarstyp", "Svar"), ("f.svarstext", text)],
        };
        var seen = how == "changed by somebody" ? await SeenAsync(browser, task, [.. form.Where(f => f.Item1 != "revision")]) : "";
        var page = await BodyAsync(browser.PostAsync(task, [.. form, ("sett", seen)]), status);

        page.Should().Contain(text).And.Contain("Utkast sparat 14:00").And.NotContain("data-unsaved");
        var anew = await BodyAsync(browser.GetAsync(task), 200);
        anew.Should().Contain(text).And.NotContain("Första stycket.").And.Contain("Utkast från idag 14:00 av " + Receiver);
        if (how is "preview" or "changed by somebody") Chosen(anew).Should().Be("Besvara själv");
    }

    [Fact]
    public async Task F_11_the_draft_of_a_preview_goes_with_the_completion_and_only_then()
    {
        var (id, task) = await CaseAsync();
        using var browser = await Browser.SignedInAsync(Host.Address, Receiver);
        (string, string)[] form = [("outcome", "Besvara själv"), ("f.svarstyp", "Svar"), ("f.svarstext", Written)];
        var seen = await SeenAsync(browser, task, form);
        (await DraftsAsync(task)).Should().Be(1);
        (await JsonAsync("admin", $"/api/cases/{id}/messages")).AsArray().Should().BeEmpty("nothing has been sent");

        await BodyAsync(browser.PostAsync(task, [.. form, ("sett", seen)]), 303);
        (await DraftsAsync(task)).Should().Be(0);
        (await BodyAsync(browser.PostAsync(task, [.. form, ("sett", seen)]), 409)).Should().Contain("Det du skrev är inte sparat").And.Contain(Written);
        (await DraftsAsync(task)).Should().Be(0, "a task that is done takes no draft, and the answer is why it was not completed");
    }

    [Fact]
    public async Task F_11_a_colleagues_draft_is_left_alone_and_the_page_knows_that_it_alone_holds_what_was_written()
    {
        var (_, task) = await CaseAsync();
        using var owner = await Browser.SignedInAsync(Host.Address, Receiver);
        await BodyAsync(owner.PostAsync(task + "/ta"), 303);
        await BodyAsync(owner.PostAsync(task + "/utkast", ("outcome", "Besvara själv"), ("f.svarstext", "Ägarens text")), 204);

        using var colleague = await Browser.SignedInAsync(Host.Address, Colleague);
        var page = await BodyAsync(colleague.PostAsync(task, ("outcome", "Besvara själv"), ("f.svarstext", Written)), 400);
        page.Should().Contain(Written).And.Contain("data-unsaved").And.NotContain("Utkast sparat 14:00");
        (await BodyAsync(owner.GetAsync(task), 200)).Should().Contain("Ägarens text").And.NotContain(Written);
    }

    [Fact]
    public async Task F_11_two_who_write_on_a_free_task_do_not_overwrite_each_other_and_the_second_is_told_whose_text_is_there()
    {
        var (_, task) = await CaseAsync();
        using var one = await Browser.SignedInAsync(Host.Address, Receiver);
        using var two = await Browser.SignedInAsync(Host.Address, Colleague);
        var (shownToOne, shownToTwo) = (await ShownAsync(one), await ShownAsync(two));
        await KeepsAsync(one, shownToOne, "Den enas text");
        await RefusedAsync(two, shownToTwo, Written, Receiver);
        await KeepsAsync(one, shownToOne, "Den enas längre text");

        // Nor by a press that does not complete: the page that answers still stands for what the second one saw.
        var page = await BodyAsync(two.PostAsync(task, ("outcome", "Kräver läkare"), ("f.intern_notering", Written), ("utkast-sett", shownToTwo)), 400);
        page.Should().Contain(Written).And.Contain("data-unsaved").And.NotContain("Utkast sparat 14:00");
        Value(page).Should().Be(shownToTwo);

        // What has been seen may be written over, and then the first is told.
        (await BodyAsync(two.GetAsync(task), 200)).Should().Contain("Den enas längre text");
        await KeepsAsync(two, await ShownAsync(two), Written);
        await RefusedAsync(one, shownToOne, "Den enas sista text", Colleague);
        (await BodyAsync(one.GetAsync(task), 200)).Should().Contain(Written).And.NotContain("Den enas");

        async Task<string> ShownAsync(Browser browser) => Value(await BodyAsync(browser.GetAsync(task), 200));

        Task<HttpResponseMessage> SaveAsync(Browser browser, string shown, string text) =>
            browser.PostAsync(task + "/utkast", ("outcome", "Besvara själv"), ("f.svarstext", text), ("utkast-sett", shown));

        async Task KeepsAsync(Browser browser, string shown, string text) => await BodyAsync(SaveAsync(browser, shown, text), 204);

        async Task RefusedAsync(Browser browser, string shown, string text, string by)
        {
            using var answer = await SaveAsync(browser, shown, text);
            answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
            (await answer.Content.ReadAsStringAsync()).Should()
                .Be($"{by} skriver också på uppgiften. Det du har skrivit är inte sparat: kopiera texten innan du lämnar sidan.");
        }

        static string Value(string page) => Regex.Match(Html(page, "utkast-sett"), " value=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public async Task F_11_the_same_persons_second_tab_does_not_empty_what_was_written_in_the_first()
    {
        var (_, task) = await CaseAsync();
        using var browser = await Browser.SignedInAsync(Host.Address, Receiver);
        var (first, second) = (await PageAsync(), await PageAsync());
        first.Page.Should().NotBe(second.Page);
        await BodyAsync(SaveAsync(first, Written), 204);
        await BodyAsync(SaveAsync(first, Written + " Mer."), 204);
        (await BodyAsync(SaveAsync(second, ""), 409)).Should().Contain("på en annan sida");
        (await BodyAsync(browser.GetAsync(task), 200)).Should().Contain(Written + " Mer.");

        async Task<(string Shown, string Page)> PageAsync()
        {
            var page = await BodyAsync(browser.GetAsync(task), 200);
            return (Value(page, "utkast-sett"), Value(page, "utkast-sida"));
        }

        Task<HttpResponseMessage> SaveAsync((string Shown, string Page) page, string text) => browser.PostAsync(
            task + "/utkast", ("outcome", "Besvara själv"), ("f.svarstext", text), ("utkast-sett", page.Shown), ("utkast-sida", page.Page));

        static string Value(string page, string name) => Regex.Match(Html(page, name), " value=\"([^\"]*)\"").Groups[1].Value;
    }

    [Fact]
    public async Task F_11_what_one_person_wrote_is_not_kept_or_sent_as_another_who_has_signed_in_since()
    {
        var (id, task) = await CaseAsync();
        using var other = await Browser.SignedInAsync(Host.Address, Colleague);
        (string, string)[] form = [("outcome", "Besvara själv"), ("f.svarstext", Written), ("skrivs-av", Receiver)];

        await BodyAsync(other.PostAsync(task + "/utkast", form), 409);
        var page = await BodyAsync(other.PostAsync(task, form), 409);
        page.Should().Contain("Någon annan var inloggad").And.Contain($"name=\"skrivs-av\" value=\"{Colleague}\"").And.Contain(Written);
        (await DraftsAsync(task)).Should().Be(0);
        (await JsonAsync("admin", $"/api/cases/{id}/messages")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task F_11_answers_in_a_list_are_kept_and_come_back_on_their_rows()
    {
        var (_, task) = await CaseAsync();
        await using (var list = Host.Database.DataSource.CreateCommand(
            """
            UPDATE task SET form = form || '[{"key": "lista", "label": "Lista", "type": "rows", "options": [{"value": "Ja", "label": "Ja"}, {"value": "Nej", "label": "Nej"}],
                "rows": [{"key": "value", "label": "Svar", "type": "choice", "options": [{"value": "Ja", "label": "Ja"}, {"value": "Nej", "label": "Nej"}]}, {"key": "not", "label": "Not", "type": "text"}],
                "value": [{"key": "a", "vad": "Rad A"}, {"key": "b", "vad": "Rad B"}]}]' WHERE id = $1
            """))
        {
            list.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(task[(task.LastIndexOf('/') + 1)..]) });
            await list.ExecuteNonQueryAsync();
        }

        using var browser = await Browser.SignedInAsync(Host.Address, Receiver);
        await BodyAsync(browser.PostAsync(task, ("outcome", "Kräver läkare"), ("f.lista.0.key", "a"), ("f.lista.1.key", "b"), ("f.lista.1.value", "Nej"), ("f.lista.1.not", "Ringde två gånger")), 400);

        var anew = await BodyAsync(browser.GetAsync(task), 200);
        Html(anew, "f.lista.1.not").Should().Contain("value=\"Ringde två gånger\"");
        Html(anew, "f.lista.0.not").Should().NotContain("Ringde");
        anew.Should().Contain("Rad A").And.Contain("Rad B");
        // An emptied list is an emptied list: its draft does not go along unseen.
        await BodyAsync(browser.PostAsync(task, ("outcome", "Kräver läkare"), ("f.team", "3"), ("f.lista.0.key", "a"), ("f.lista.1.key", "b")), 303);
        await using var done = Host.Database.DataSource.CreateCommand("SELECT count(*) FROM task_content WHERE data::text LIKE '%Ringde%'");
        (await done.ExecuteScalarAsync()).Should().Be(0L);
    }

    private static string Html(string page, string name) => Regex.Match(page, $"<input[^>]*name=\"{Regex.Escape(name)}\"[^>]*>").Value;

    private static string Chosen(string page) =>
        WebUtility.HtmlDecode(Regex.Match(Regex.Match(page, "<input[^>]*name=\"outcome\"[^>]* checked[^>]*>").Value, "value=\"([^\"]*)\"").Groups[1].Value);

    /// <summary>The seal of the message that the page shows.</summary>
    private static async Task<string> SeenAsync(Browser browser, string task, (string, string)[] form) =>
        Regex.Match(await BodyAsync(browser.PostAsync(task, form), 200), "name=\"sett\" value=\"([^\"]+)\"").Groups[1].Value;

    private static async Task<string> BodyAsync(Task<HttpResponseMessage> call, int status)
    {
        using var answer = await call;
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        ((int)answer.StatusCode).Should().Be(status, Regex.Match(body, "<title>.*?</title>").Value);
        return body;
    }

    private async Task<long> DraftsAsync(string task)
    {
        await using var count = Host.Database.DataSource.CreateCommand("SELECT count(draft) FROM task WHERE id = $1");
        count.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(task[(task.LastIndexOf('/') + 1)..]) });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private async Task<(string Id, string Task)> CaseAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.TokenAsync(Host.Client, "integration")) },
            Content = JsonContent.Create(new
            {
                unit = "Onkologimottagning 1", caseType = "Förnya recept", subject = "Ämne", text = "Text", channel = "1177 e-tjänster",
                patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson", homeRegion = "VGR", digital = true },
            }),
        };
        using var made = await Host.Client.SendAsync(request);
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.ToString();
        var task = (await JsonAsync("admin", $"/api/cases/{id}"))["tasks"]![0]!["id"]!.ToString();
        return (id, "/uppgifter/" + task);
    }

    private async Task<JsonNode> JsonAsync(string user, string path)
    {
        using var answer = await SignIn.GetAsync(Host.Client, path, await SignIn.TokenAsync(Host.Client, user));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
