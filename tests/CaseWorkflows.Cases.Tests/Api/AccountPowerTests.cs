using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Nobody has more through an account that he can sign in to than he has himself (S-5, S-11, ADR 0029).</summary>
public sealed class AccountPowerTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Given = "gul lampa i hallen 7";
    private const string Chosen = "blå stol vid fönstret 8";
    private const string Place = "verksamhet-onkologi";
    private const string Manager = "onk.lokadm";

    private static int _number;

    [Fact]
    public async Task S_5_an_account_gets_no_more_from_whoever_set_its_password_than_he_has()
    {
        var (puppet, name) = await Person(Manager);
        (await SetPassword(Manager, puppet)).Should(204);
        (await Grant(Manager, puppet, "verksamhetschef")).Should(400).Faults.Should().Equal("person");
        (await Grant(Manager, puppet, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        (await Grant(Manager, puppet, "lokal_administrator")).Should(201);

        // Nor does the puppet give it to him, or to another puppet, whoever changed its password last.
        using var client = await SignedIn(name);
        (await Grant(client, Manager, "verksamhetschef")).Should(400).Faults.Should().Equal("person");
        var (other, _) = await Person(Manager);
        (await SetPassword(Manager, other)).Should(204);
        (await Grant(client, other, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        (await Grant(client, other, "superanvandare")).Should(201);

        // Nor while he has left, by a day that one of his puppets wrote.
        Task<HttpResponseMessage> Employed(string? to) => client.PatchAsJsonAsync($"/api/people/{Manager}", new { employedTo = to });
        using (var ended = await Employed("2026-04-01")) ended.StatusCode.Should().Be(HttpStatusCode.OK);
        (await Grant(client, other, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        using (var back = await Employed(null)) back.StatusCode.Should().Be(HttpStatusCode.OK);

        // What was known when the puppet set a password is known still when the puppet's own is another's.
        var (third, _) = await Person(Manager);
        using (var set = await client.PutAsJsonAsync($"/api/people/{third}/password", new { password = Given })) set.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await SetPassword("admin", puppet)).Should(204);
        (await Grant(Manager, third, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        (await SetPassword(Manager, puppet)).Should(204);

        // A second administrator gives it; and then the first has lost the account.
        (await Grant("admin", puppet, "verksamhetschef")).Should(201);
        (await SetPassword(Manager, puppet)).Should(403);
    }

    [Fact]
    public async Task S_5_a_password_is_not_set_for_roles_that_give_more_now_or_later()
    {
        foreach (var (by, role, unit, from, expected) in new[]
                 {
                     (Manager, "verksamhetschef", Place, null, 403), (Manager, "arendemottagare", "onk1", null, 403), (Manager, "lakare", Place, null, 403),
                     (Manager, "superanvandare", "onk1", null, 204), (Manager, "lokal_administrator", Place, null, 204),
                     ("admin", "verksamhetschef", Place, "2026-12-15", 403), ("admin", "administrator", "*", "2026-12-15", 403), ("admin", "superanvandare", "bup-a", "2026-12-15", 403),
                     ("admin", "revisor", "onk1", null, 403),
                 })
        {
            var (person, _) = await Person(Manager, role == "lakare" ? "lakare" : "medicinsk_sekreterare");
            (await Grant(by, person, role, unit, from)).Should(201);
            ((int)(await SetPassword(Manager, person)).Status).Should().Be(expected, $"{role} at {unit} from {from}");
            if (from is not null) (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { userName = "tagen" })).Should(403);
            if (from is not null && unit == Place) (await host.Send("admin", HttpMethod.Patch, $"/people/{person}", new { userName = $"fri.{_number}" })).Should200();
        }
    }

    [Fact]
    public async Task S_5_a_password_and_a_role_at_the_same_time_never_both_succeed()
    {
        for (var round = 0; round < 12; round++)
        {
            var (person, _) = await Person(Manager);
            var both = await Task.WhenAll(SetPassword(Manager, person), Grant(Manager, person, "verksamhetschef"));
            both.Count(a => (int)a.Status < 300).Should().Be(1, $"{both[0].Status} {both[0].Text} {both[1].Status} {both[1].Text}");
        }
    }

    [Fact]
    public async Task S_5_a_role_of_the_product_is_ended_by_the_place_and_changed_by_the_product_s_administrators_only()
    {
        var (person, _) = await Person(Manager);
        var running = (await host.Post("admin", "/role-assignments", new { person, role = "processagare", unit = "onk1", to = "2026-12-01" })).Should(201).Id;
        var coming = (await host.Post("admin", "/role-assignments", new { person, role = "administrator", unit = "onk2", from = "2027-06-01", to = "2027-06-02" })).Should(201).Id;
        Task<ApiAnswer> Change(string id, object change) => host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{id}", change);
        (await Change(running, new { to = "9999-12-31" })).Should(403);
        (await Change(running, """{"to":null}""")).Should(403);
        (await Change(coming, new { from = "2026-11-01" })).Should(403);
        (await Change(coming, new { group = "A" })).Should(403);
        (await Change(running, new { to = "2026-04-03" })).Should200();
        (await host.Send("admin", HttpMethod.Patch, $"/role-assignments/{running}", new { to = "2026-12-01" })).Should200();
    }

    [Fact]
    public async Task S_5_a_role_above_one_s_own_is_not_prolonged_for_an_account_whose_password_one_has_set()
    {
        var (person, _) = await Person(Manager);
        (await SetPassword(Manager, person)).Should(204);
        var role = (await host.Post("admin", "/role-assignments", new { person, role = "verksamhetschef", unit = Place, from = "2026-04-01", to = "2026-04-10" })).Should(201).Id;
        (await host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{role}", new { to = "2026-12-31" })).Should(400).Faults.Should().Equal("person");
        (await host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{role}", new { from = "2026-03-01" })).Should(400).Faults.Should().Equal("person");
        (await host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{role}", new { to = "2026-04-03" })).Should200();
    }

    [Fact]
    public async Task ONK07_a_role_for_some_professions_asks_for_one_and_nobody_makes_it_fit_alone()
    {
        var (without, _) = await Person(Manager, profession: null);
        (await Grant(Manager, without, "arendemottagare")).Should(400).Faults.Should().Equal("role");
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{without}", new { profession = "underskoterska" })).Should200();
        (await Grant(Manager, without, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        (await Grant("admin", without, "arendemottagare")).Should(201);
        var (doctor, _) = await Person(Manager, "lakare");
        (await host.Send("admin", HttpMethod.Patch, $"/people/{doctor}", new { profession = "sjukskoterska" })).Should200();
        (await Grant(Manager, doctor, "arendemottagare")).Should(201);
    }

    [Fact]
    public async Task S_11_one_s_own_password_takes_the_present_one()
    {
        foreach (var user in (string[])["admin", Manager]) (await SetPassword(user, user)).Should(400).Faults.Should().Equal("password");
        (await host.Get("admin", "/me")).Should200();
    }

    [Fact]
    public async Task S_11_an_address_that_is_changed_and_a_password_that_is_set_are_told_to_the_old_address_too()
    {
        var (person, name) = await Person(Manager, email: "gammal@exempel.invalid");
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { email = "ny@exempel.invalid" })).Should200();
        (await Notices(name)).Should().BeEquivalentTo("gammal@exempel.invalid: Din e-postadress har ändrats");
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { title = "Sekreterare" })).Should200();
        (await SetPassword(Manager, person)).Should(204);
        (await Notices(name)).Should().BeEquivalentTo("gammal@exempel.invalid: Din e-postadress har ändrats", "gammal@exempel.invalid: Ditt lösenord har bytts", "ny@exempel.invalid: Ditt lösenord har bytts");
        (await host.Get("admin", "/units/onk1/notices")).Text.Should().NotContain("lösenord", "what happens to an account is not its unit's to read");
    }

    [Fact]
    public async Task S_5_the_same_role_is_held_once_at_a_time()
    {
        var (person, _) = await Person(Manager);
        var six = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Grant(Manager, person, "superanvandare", "onk3")));
        six.Count(a => a.Status == HttpStatusCode.Created).Should().Be(1);
        six.Where(a => a.Status != HttpStatusCode.Created).Should().OnlyContain(a => a.Status == HttpStatusCode.Conflict && a.Faults.Contains("role"));
        Task<ApiAnswer> Period(string from, string? to) => host.Post(Manager, "/role-assignments", new { person, role = "superanvandare", unit = "onk2", from, to });
        var first = (await Period("2026-05-01", "2026-05-31")).Should(201).Id;
        (await Period("2026-06-01", "2026-06-30")).Should(201);
        (await Period("2026-05-31", "2026-05-31")).Should(409);
        (await Period("2026-01-01", null)).Should(409);
        (await host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{first}", new { to = "2026-06-01" })).Should(409);
        (await host.Send(Manager, HttpMethod.Patch, $"/role-assignments/{first}", new { to = "2026-05-15" })).Should200();
        (await Period("2026-05-16", "2026-05-31")).Should(201);
    }

    [Fact]
    public async Task S_2_a_user_name_is_not_taken_for_another_s()
    {
        foreach (var name in (string[])["\u0430dmin", "adm\u0131n", "admin.", ".admin", "adm1n", "onkl.hant", "ro.0a", "агент"])
            (await host.Post(Manager, "/people", new { displayName = "Ny", userName = name })).Should(400).Faults.Should().Equal("userName");
        var (person, old) = await Person(Manager);
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { userName = "framtid.x", validFrom = "2027-01-01T00:00:00+01:00" })).Should(400).Faults.Should().Equal("validFrom");
        (await SetPassword(Manager, person)).Should(204);
        using var client = await SignedIn(old);
    }

    [Fact]
    public async Task Nobody_signs_in_before_the_employment_begins()
    {
        var (person, name) = await Person(Manager);
        (await SetPassword(Manager, person)).Should(204);
        using var client = await SignedIn(name);
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { employedFrom = "2026-06-01" })).Should200();
        (await Token(client, name, Chosen)).Should().BeNull();
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { employedFrom = "2026-04-02" })).Should200();
        (await Token(client, name, Chosen)).Should().NotBeNull();
    }

    [Fact]
    public async Task S_5_who_is_behind_an_account_is_known_though_its_user_name_is_taken_away()
    {
        var (puppet, name) = await Person(Manager);
        (await SetPassword(Manager, puppet)).Should(204);
        using var client = await SignedIn(name);
        (await host.Send(Manager, HttpMethod.Patch, $"/people/{puppet}", """{"userName":null}""")).Should200();
        using (var ended = await client.GetAsync(new Uri("/api/me", UriKind.Relative))) ended.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        foreach (var tried in (string[])[name, "?" + puppet, puppet, ""])
            foreach (var password in (string[])[Given, Chosen]) (await Token(client, tried, password)).Should().BeNull(tried);
        (await SetPassword(Manager, puppet)).Should(400).Faults.Should().Equal("userName");
        (await Grant(Manager, puppet, "arendemottagare")).Should(400).Faults.Should().Equal("person");

        // With a name again it takes a new password; the old one is nobody's.
        (await host.Send("admin", HttpMethod.Patch, $"/people/{puppet}", new { userName = name })).Should200();
        (await Token(client, name, Chosen)).Should().BeNull();
        (await Grant(Manager, puppet, "arendemottagare")).Should(400).Faults.Should().Equal("person");
        (await SetPassword("admin", puppet)).Should(204);
        (await Token(client, name, Given)).Should().NotBeNull();
        (await Grant(Manager, puppet, "arendemottagare")).Should(201);
    }

    [Fact]
    public async Task S_5_nobody_ends_the_employment_or_the_account_of_somebody_with_power_over_others_that_he_lacks()
    {
        foreach (var (role, unit, from, expected) in new[]
                 {
                     ("verksamhetschef", Place, null, 403), ("verksamhetschef", Place, "2026-12-15", 403), ("enhetschef", "onk1", null, 403), ("revisor", "onk1", null, 403),
                     ("processagare", "onk1", null, 403), ("lokal_administrator", Place, null, 200), ("arendemottagare", "onk1", null, 200), ("superanvandare", "onk2", null, 200),
                 })
        {
            var (person, _) = await Person(Manager);
            (await Grant("admin", person, role, unit, from)).Should(201);
            foreach (var change in (string[])["""{"employedTo":"2026-12-31"}""", """{"employedFrom":"2026-03-01"}""", $$"""{"userName":"ny.{{person}}"}""", """{"userName":null}"""])
                ((int)(await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", change)).Status).Should().Be(expected, $"{change} of {role} at {unit} from {from}");
            (await host.Send(Manager, HttpMethod.Patch, $"/people/{person}", new { title = "Sekreterare" })).Should200();
            (await host.Send("admin", HttpMethod.Patch, $"/people/{person}", """{"employedTo":"2026-04-30","userName":null}""")).Should200();
        }
    }

    [Fact]
    public async Task S_4_what_somebody_of_another_region_has_read_is_not_there()
    {
        (await host.Post("admin", "/role-assignments", new { person = "rg.koord", role = "revisor", unit = "RG" })).Should(201);
        (await host.Get("rg.koord", "/people/rg.ssk/reads")).Should200();
        foreach (var other in (string[])["onk1.mott.b", "ro.ssk1", "finns-inte"]) (await host.Get("rg.koord", $"/people/{other}/reads")).Should(404);
    }

    [Fact]
    public async Task S_4_a_task_is_not_given_to_a_name_of_another_region()
    {
        var task = await host.TaskOf(await host.Case());
        (await host.Post("onk1.mott.a", $"/tasks/{task}/assign", new { to = "rg.ssk" })).Should(400).Text.Should().Contain("Personen finns inte").And.NotContain("HC Exempel");
    }

    private async Task<(string Id, string Name)> Person(string by, string? profession = "medicinsk_sekreterare", string? email = null)
    {
        var name = $"docka.{Interlocked.Increment(ref _number)}x";
        var body = new JsonObject { ["displayName"] = "Docka", ["userName"] = name, ["region"] = "VGR", ["profession"] = profession, ["email"] = email };
        return ((await host.Post(by, "/people", body.ToJsonString())).Should(201).Id, name);
    }

    private Task<ApiAnswer> SetPassword(string by, string person) => host.Send(by, HttpMethod.Put, $"/people/{person}/password", new { password = Given });

    private Task<ApiAnswer> Grant(string by, string person, string role, string unit = Place, string? from = null) =>
        host.Post(by, "/role-assignments", new { person, role, unit, from });

    private static async Task<ApiAnswer> Grant(HttpClient client, string person, string role)
    {
        using var answer = await client.PostAsJsonAsync("/api/role-assignments", new { person, role, unit = Place });
        var text = await answer.Content.ReadAsStringAsync();
        return new ApiAnswer(answer.StatusCode, JsonNode.Parse(text), text);
    }

    /// <summary>A client of the account, which has changed the password that was set for it.</summary>
    private async Task<HttpClient> SignedIn(string name)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(client, name, Given));
        using var changed = await client.PostAsJsonAsync("/api/me/password", new Dictionary<string, string> { ["current"] = Given, ["new"] = Chosen });
        changed.StatusCode.Should().Be(HttpStatusCode.NoContent);
        return client;
    }

    private static async Task<string?> Token(HttpClient client, string userName, string password)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { userName, password });
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["accessToken"]?.ToString();
    }

    private async Task<IReadOnlyList<string>> Notices(string recipient)
    {
        await using var command = host.Source.CreateCommand("SELECT address || ': ' || subject FROM notice WHERE recipient = $1");
        command.Parameters.Add(new() { Value = recipient });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}
