using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Who administers which reference data (S-3, S-5, S-6): every resource, as somebody of each kind, against a table that can be read.</summary>
public sealed class ReferenceRightsTests(ApiHost host) : IClassFixture<ApiHost>
{
    // The permission that each resource needs at every place that a row touches; null = the rows belong to no place.
    private static readonly Dictionary<string, (string Permission, bool HasPlace)> Needs = new()
    {
        ["absences"] = ("absence.manage", true),
        ["role-assignments"] = ("permission.manage", true),
        ["units"] = ("unit.manage", true),
        ["people"] = ("permission.manage", true),
        ["case-types"] = ("caseType.manage", false),
        ["routing"] = ("caseType.manage", true),
        ["phrases"] = ("phrase.edit phrase.publish", true),
        ["routines"] = ("routine.edit", true),
        ["schedule"] = ("schedule.manage", true),
        ["groups"] = ("group.manage", true),
        ["settings"] = ("unit.manage", true),
        ["downtimes"] = ("unit.manage", true),
        ["closures"] = ("unit.manage", true)
    };

    private static readonly string[] Users =
        ["admin", "onk.lokadm", "onk.vec", "onk.vc", "onk.innehall", "onk1.mott.a", "bup.chef", "ro.oa", "ro.avv", "rg.vc", "rg.koord", "rg.ssk", "agare", "revisor", "utvecklare", "integration"];

    private static readonly Dictionary<string, string> Staff = new()
    {
        ["onk1"] = "onk1.hant", ["bup-a"] = "bup.beh", ["vc-exempel"] = "ro.ssk2", ["hc-exempel"] = "rg.lak"
    };

    private static int _number;

    [Theory]
    [InlineData("a@exempel.se,b@exempel.se")]
    [InlineData("a@exempel.se;b@exempel.se")]
    [InlineData("Namn <a@exempel.se>")]
    [InlineData("<a@exempel.se>")]
    [InlineData("a@@exempel")]
    [InlineData("@")]
    [InlineData("a")]
    [InlineData("a@exempel.se ")]
    public async Task S_5_an_e_mail_address_is_one_mailbox(string email) =>
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/people/onk1.hant2", new { email })).Should(400).Faults.Should().Equal("email");

    [Fact]
    public async Task S_3_S_6_every_resource_is_administered_by_those_of_the_place_and_nobody_else()
    {
        Needs.Keys.Should().BeEquivalentTo(ReferenceResources.All.Select(r => r.Path), "a new resource belongs in the table above and in Sample below");
        await host.Post("admin", "/role-assignments", new { person = "rg.koord", role = "lokal_administrator", unit = "RG" });
        var wrong = new List<string>();
        foreach (var resource in Needs.Keys)
        foreach (var place in Staff.Keys)
        {
            var row = (await host.Post("admin", "/" + resource, Sample(resource, place).ToJsonString())).Should(201).Id;
            var other = place == "onk1" ? "bup-a" : "onk1";
            foreach (var user in Users)
            {
                var made = await host.Post(user, "/" + resource, Sample(resource, place).ToJsonString());
                await Compare($"{user} POST {resource} at {place}", made, await Expected(user, resource, place), 201);
                var changed = await host.Send(user, HttpMethod.Patch, $"/{resource}/{Uri.EscapeDataString(row)}", Change(resource).ToJsonString());
                await Compare($"{user} PATCH {resource} at {place}", changed, await Expected(user, resource, place), 200);
                if (Moved(resource, other) is not { } moved || user == "admin") continue;
                var away = await host.Send(user, HttpMethod.Patch, $"/{resource}/{Uri.EscapeDataString(row)}", moved.ToJsonString());
                if ((int)away.Status < 300 && (await Expected(user, resource, place), await Expected(user, resource, other)) is not (200, 200))
                    wrong.Add($"{user} moved {resource} from {place} to {other}");
            }

            continue;

            async Task Compare(string what, ApiAnswer answer, int expected, int success)
            {
                await Task.CompletedTask;
                if ((int)answer.Status != (expected == 200 ? success : expected)) wrong.Add($"{what}: {(int)answer.Status}, expected {expected}: {answer.Text}");
            }
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public async Task S_3_the_server_makes_ids_for_every_resource()
    {
        var table = await Rows();
        foreach (var resource in Needs.Keys)
        foreach (var user in (string[])["admin", "onk.lokadm"])
        foreach (var id in (await host.Get("admin", "/" + resource)).Body!.AsArray().Select(d => d!["id"]!.ToString()).Take(3).Append("ny-id").ToList())
        {
            var body = Sample(resource, "onk1");
            body["id"] = id;
            var answer = await host.Post(user, "/" + resource, body.ToJsonString());
            ((int)answer.Status).Should().BeOneOf([400, 403], $"{user} {resource} {id}: {answer.Text}");
            if (answer.Status == HttpStatusCode.BadRequest) answer.Faults.Should().Contain("id", $"{user} {resource} {id}");
        }

        (await Rows()).Should().BeEquivalentTo(table);
    }

    [Fact]
    public async Task S_3_what_exists_by_nature_is_not_made_again()
    {
        (await host.Post("admin", "/case-types", new { code = "recept", name = "Recept" })).Should(409).Faults.Should().Contain("code");
        (await host.Post("admin", "/settings", new { key = "rutindokument", scope = "VGR", value = "rutin-onkologi" })).Should(409);
        (await host.Post("admin", "/units/vc-exempel/opening-hours", new { weekdays = new { } })).Should(409);
        (await host.Post("admin", "/settings", new { key = "ny/nyckel", scope = "VGR", value = "x" })).Should(400).Faults.Should().Contain("key");
        var made = await host.Post("admin", "/settings", new { key = "åldersgräns", scope = "RÖ", value = 17 });
        made.Should(201).Id.Should().Be("åldersgräns:RÖ");
        (await host.Post("admin", "/settings", new { key = "åldersgräns", scope = "onk1", value = "sjutton" })).Should(400).Faults.Should().Contain("value");
    }

    [Fact]
    public async Task S_5_routing_opens_cases_only_to_roles_that_work_with_them()
    {
        foreach (var role in (string[])["lokal_administrator", "behorighetsadministrator", "superanvandare", "kvalitetssamordnare", "processagare", "revisor", "integration", "systemsamordnare"])
        {
            var row = Sample("routing", "onk2");
            row["roles"] = new JsonArray("arendemottagare", role);
            (await host.Post("onk.lokadm", "/routing", row.ToJsonString())).Should(400).Faults.Should().Equal("roles");
        }

        var sound = Sample("routing", "onk2");
        sound["roles"] = new JsonArray("arendemottagare", "verksamhetschef");
        var made = (await host.Post("onk.lokadm", "/routing", sound.ToJsonString())).Should(201);
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/routing/{made.Id}", new { roles = new[] { "lokal_administrator" } })).Should(400).Faults.Should().Equal("roles");
    }

    [Theory]
    [InlineData("(?=a)b", "tittar framåt")]
    [InlineData("(", "tolka")]
    [InlineData("[a-z]{2}", null)]
    public async Task F_2_a_pattern_that_cannot_be_tried_is_refused_in_a_case_types_fields_too(string pattern, string? fault)
    {
        var code = $"mönstertyp{Interlocked.Increment(ref _number)}";
        var answer = await host.Post("admin", "/case-types", new { code, name = code, fields = new[] { new { label = "Kod", pattern } } });
        answer.Status.Should().Be(fault is null ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.Text);
        if (fault is not null) answer.Text.Should().Contain("fields[0].pattern").And.Contain(fault);
    }

    [Fact]
    public async Task S_3_a_stale_revision_is_409_and_the_last_one_is_taken()
    {
        var made = (await host.Post("onk.lokadm", "/groups", new { name = $"Grupp {_number++}", unit = "onk1" })).Should(201);
        var first = made.Body!["revision"]!.GetValue<int>();
        var second = (await host.Send("onk.lokadm", HttpMethod.Patch, $"/groups/{made.Id}", new { note = "ett", revision = first })).Should200().Body!["revision"]!.GetValue<int>();
        second.Should().BeGreaterThan(first);
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/groups/{made.Id}", new { note = "två", revision = first })).Should(409).Type.Should().Be("revision-changed");
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/groups/{made.Id}", new { note = "två", revision = "x" })).Should(400).Faults.Should().Contain("revision");
        (await host.Send("rg.koord", HttpMethod.Patch, $"/groups/{made.Id}", new { note = "två", revision = first })).Should(404);
        (await host.Send("onk1.mott.a", HttpMethod.Patch, $"/groups/{made.Id}", new { note = "två", revision = first })).Should(403);
        (await host.Get("onk.lokadm", $"/groups/{made.Id}")).Body!["note"]!.ToString().Should().Be("ett");
    }

    [Fact]
    public async Task S_3_many_changes_at_once_all_stand()
    {
        var made = (await host.Post("onk.lokadm", "/groups", new { name = $"Grupp {_number++}", unit = "onk1" })).Should(201);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? host.Send("onk.lokadm", HttpMethod.Patch, $"/groups/{made.Id}", new { note = $"{i}" })
            : host.Post("onk.lokadm", "/groups", new { name = $"Samtidig {i}", unit = "onk1" })));
        answers.Should().OnlyContain(a => (int)a.Status < 300);
        var same = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Post("onk.lokadm", "/groups", new { name = "En enda", unit = "onk1" })));
        same.Count(a => a.Status == HttpStatusCode.Created).Should().Be(1);
        same.Where(a => a.Status != HttpStatusCode.Created).Should().OnlyContain(a => a.Status == HttpStatusCode.Conflict && a.Faults.Contains("name"));
    }

    [Fact]
    public async Task S_2_a_user_name_that_somebody_has_is_409_and_everybody_goes_on()
    {
        var made = (await host.Post("onk.lokadm", "/people", new { displayName = "Ny", userName = "ny.person" })).Should(201);
        foreach (var taken in (string[])["admin", "Admin", "rg.vc", "onk1.hant"])
        {
            (await host.Send("onk.lokadm", HttpMethod.Patch, $"/people/{made.Id}", new { userName = taken })).Should(409).Faults.Should().Equal("userName");
            (await host.Post("onk.lokadm", "/people", new { displayName = "Ny", userName = taken })).Should(409).Faults.Should().Equal("userName");
        }

        (await host.Post("onk.lokadm", "/people", new { displayName = "Ny", userName = "ny\u200bperson" })).Should(400).Faults.Should().Contain("userName");
        (await host.Post("onk.lokadm", "/people", new { displayName = "Ny", UserName = "admin" })).Should(400).Faults.Should().Contain("UserName");
        (await host.Get("admin", "/me")).Should200();
    }

    [Fact]
    public async Task S_5_a_role_given_to_a_colleague_stays_the_colleague_s()
    {
        var granted = (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk1.hant2", role = "verksamhetschef", unit = "onk1", from = "2026-04-01", to = "9999-12-31" })).Should(201);
        foreach (var (field, value) in new (string, string)[] { ("person", "onk.lokadm"), ("role", "lokal_administrator"), ("unit", "verksamhet-onkologi"), ("reason", "cover"), ("coverFor", "onk.vc"), ("grantedBy", "onk.vc") })
            (await host.Send("onk.lokadm", HttpMethod.Patch, $"/role-assignments/{granted.Id}", new JsonObject { [field] = value }.ToJsonString())).Should(400).Faults.Should().Contain(field);
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/role-assignments/{granted.Id}", new { person = "onk1.hant2", to = "2026-05-01" })).Should200();
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk1.hant2", role = "arendehanterare", unit = "onk1", reason = "cover", coverFor = "onk.vc" }))
            .Should(400).Faults.Should().Contain(["reason", "coverFor"]);
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "rg.ssk", role = "superanvandare", unit = "onk1" })).Should(400).Faults.Should().Equal("person");
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk1.hant2", role = "revisor", unit = "onk1" })).Should(400).Faults.Should().Equal("role");
    }

    [Fact]
    public async Task S_5_nobody_widens_his_own_role_and_anybody_may_end_it()
    {
        var own = (await host.Post("admin", "/role-assignments", new { person = "onk.lokadm", role = "superanvandare", unit = "onk1", from = "2026-04-01", to = "2026-04-20" })).Should(201);
        Task<ApiAnswer> Own(object change) => host.Send("onk.lokadm", HttpMethod.Patch, $"/role-assignments/{own.Id}", change);
        (await Own(new { to = "2026-04-21" })).Should(400).Faults.Should().Equal("to");
        (await Own("""{"to":null}""")).Should(400).Faults.Should().Equal("to");
        (await Own(new { to = "9999-12-31" })).Should(400);
        (await Own(new { from = "2026-03-01" })).Should(400).Faults.Should().Equal("from");
        (await Own(new { to = "2026-04-10" })).Should200();
        (await host.Send("admin", HttpMethod.Patch, $"/role-assignments/{own.Id}", new { to = "2026-04-30" })).Should200();
        (await host.Post("admin", "/role-assignments", new { person = "admin", role = "revisor", unit = "*" })).Should(400).Faults.Should().Equal("person");
    }

    [Fact]
    public async Task S_5_nobody_makes_himself_another()
    {
        foreach (var change in (object[])[new { userName = "onk.vc2" }, new { profession = "lakare" }, new { kind = "integration" }, new { region = "RÖ" }])
            ((int)(await host.Send("onk.lokadm", HttpMethod.Patch, "/people/onk.lokadm", change)).Status).Should().BeOneOf(400, 403);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/people/onk.lokadm", new { email = "ny@exempel.invalid" })).Should200();
        (await host.Post("onk.lokadm", "/people", new { displayName = "Robot", userName = "robot", kind = "integration" })).Should(403);
        (await host.Post("onk.lokadm", "/people", new { displayName = "Ny", userName = "annan.region", region = "RG" })).Should(404);
    }

    [Fact]
    public async Task S_6_people_of_others_and_what_all_share_is_not_a_local_administrator_s()
    {
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/people/rg.vc", new { email = "x@exempel.invalid" })).Should(404);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/people/admin", new { email = "x@exempel.invalid" })).Should(403);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/people/bup.chef", new { email = "x@exempel.invalid" })).Should(403);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/case-types/recept", new { name = "Mitt recept" })).Should(403);
        (await host.Post("onk.lokadm", "/settings", new { key = "fristläge2", value = "x" })).Should(403);
        (await host.Post("onk.lokadm", "/settings", new { key = "fristläge2", scope = "*", value = "x" })).Should(403);
        (await host.Post("onk.lokadm", "/routing", new { table = "prov", units = new[] { "onk1", "vc-exempel" } })).Should(404);
        (await host.Post("onk.lokadm", "/routing", new { table = "prov", units = new[] { "onk1", "bup-a" } })).Should(403);
        (await host.Post("onk.lokadm", "/routing", new { table = "prov" })).Should(403);
        (await host.Post("onk.lokadm", "/routing", new { table = "prov", unit = "onk1", units = new[] { "onk1" } })).Should(400).Faults.Should().Equal("unit");
        (await host.Post("onk.lokadm", "/phrases", new { key = "delad", text = "Hej" })).Should(403);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk1", new { verksamhet = "verksamhet-bup" })).Should(403);
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk1", "{\"verksamhet\":null}")).Should(403);
        (await host.Post("onk.lokadm", "/units", new { name = "Ny under BUP", region = "VGR", verksamhet = "verksamhet-bup" })).Should(403);
    }

    [Fact]
    public async Task S_6_lists_of_people_hold_the_own_region_and_how_to_reach_them_is_their_managers()
    {
        var seen = (await host.Get("onk1.mott.a", "/people")).Should200().Body!.AsArray().Select(p => p!.AsObject()).ToList();
        seen.Select(p => p["id"]!.ToString()).Should().Contain(["onk1.hant", "bup.chef", "onk1.mott.a"]).And.NotContain(["rg.vc", "ro.ssk1"]);
        seen.Where(p => p["id"]!.ToString() != "onk1.mott.a").Should().OnlyContain(p => p["email"] == null && p["tjänstetelefon"] == null && p["hsaId"] == null);
        seen.Single(p => p["id"]!.ToString() == "onk1.mott.a")["email"]!.ToString().Should().Be("onk1.mott.a@exempel.invalid");
        seen.Single(p => p["id"]!.ToString() == "onk1.hant")["roles"]!.ToJsonString().Should().Contain("arendehanterare").And.Contain("onk1");
        (await host.Get("onk1.mott.a", "/people/rg.vc")).Should(404);
        (await host.Get("onk.vec", "/people/onk1.hant")).Body!["email"]!.ToString().Should().Be("onk1.hant@exempel.invalid");
        (await host.Get("onk1.mott.a", "/people?q=exempel.invalid")).Body!.AsArray().Should().ContainSingle();
        (await host.Get("integration", "/people")).Body!.AsArray().Should().BeEmpty();

        var roles = (await host.Get("onk1.mott.a", "/role-assignments")).Body!.AsArray();
        roles.Should().NotContain(a => a!["unit"]!.ToString() == "*" || a["unit"]!.ToString() == "hc-exempel");
        (await host.Get("ro.ssk1", "/absences")).Body!.AsArray().Should().NotContain(a => a!["person"]!.ToString() != "ro.ssk1");
        (await host.Get("onk1.mott.a", "/groups?unit=hc-exempel")).Should(400).Faults.Should().Equal("unit");
    }

    [Fact]
    public async Task S_6_every_list_shows_the_own_regions_and_what_all_share()
    {
        foreach (var resource in Needs.Keys)
        foreach (var place in Staff.Keys)
            await host.Post("admin", "/" + resource, Sample(resource, place).ToJsonString());
        foreach (var (user, foreign) in new[] { ("onk.lokadm", "RÖ|RG|vc-|hc-|jour-|rehab-"), ("ro.oa", "VGR|RG|onk|bup|hc-|avd"), ("rg.vc", "VGR|RÖ|onk|bup|vc-|avd") })
        foreach (var resource in Needs.Keys.Where(r => r is not ("absences" or "case-types")))
        foreach (var row in (await host.Get(user, "/" + resource)).Should200().Body!.AsArray())
        foreach (var field in (string[])["unit", "region", "scope", "units"])
            row![field]?.ToString().Should().NotMatchRegex($"^({foreign})", $"{user} {resource} {row["id"]}");
    }

    [Fact]
    public async Task F_2_unknown_fields_wrong_kinds_and_sizes_are_told_with_their_fields()
    {
        (await host.Post("admin", "/groups", """{"name":17,"unit":"onk1","members":"alla","färg":"röd"}""")).Should(400).Faults.Should().BeEquivalentTo("name", "members", "färg");
        (await host.Post("admin", "/routing", """{"table":"prov","order":1e30,"units":["onk1",null],"teams":["ett"],"digitalPatient":"ja"}"""))
            .Should(400).Faults.Should().BeEquivalentTo("order", "units", "teams", "digitalPatient");
        (await host.Post("admin", "/phrases", new { key = new string('a', 600), text = new string('a', 25_000), region = "VGR" })).Should(400).Faults.Should().BeEquivalentTo("key", "text");
        (await host.Send("admin", HttpMethod.Patch, "/units/onk1", """{"caseTypeOffers":[{"type":"recept","mode":1,"x":2},{}],"aktiverad":"ja"}"""))
            .Should(400).Body!["errors"]!.ToJsonString(DomainJson.Options).Should().ContainAll("caseTypeOffers[0].mode: Ange text", "caseTypeOffers[0].x: Fältet finns inte", "caseTypeOffers[1].type: Fältet krävs", "aktiverad");
        foreach (var hours in (string[])["""{"weekdays":{"mån":null}}""", """{"weekdays":{"mån":[["08:00"]]}}""", """{"weekdays":{"mån":[["17:00","08:00"]]}}""", """{"weekdays":[]}""", """{"special":[{"date":"x"}]}"""])
            (await host.Send("admin", HttpMethod.Patch, "/units/onk1/opening-hours", hours)).Should(400);
        (await host.Post("admin", "/schedule", new { person = "onk1.hant", unit = "onk1", function = "x", from = "2/4/2026 10:00", to = "2026-04-02T10:00:00+02:00" })).Should(400).Faults.Should().Equal("from");
    }

    [Fact]
    public async Task A_field_sent_back_as_it_was_shown_is_no_change()
    {
        foreach (var path in (string[])["/people/onk1.hant", "/units/onk2", "/routines/rutin-onkologi", "/phrases/evi:VGR", "/role-assignments/onk2.mott:arendemottagare:onk2"])
        {
            var shown = (await host.Get("admin", path)).Should200().Body!;
            var answer = await host.Send("admin", HttpMethod.Patch, path, shown.ToJsonString());
            answer.Should200();
            shown.AsObject().Remove("revision");
            answer.Body!.AsObject().Remove("revision");
            foreach (var (name, value) in shown.AsObject()) JsonNode.DeepEquals(answer.Body[name], value).Should().BeTrue($"{path} {name}");
        }
    }

    /// <summary>The slow and plain rule: 404 outside the regions where one has a role, 200 with the permission at the place, else 403.</summary>
    private async Task<int> Expected(string user, string resource, string place)
    {
        var (permission, hasPlace) = Needs[resource];
        if (user == "admin") return 200;
        var held = await Held(user);
        var where = resource is "routines" ? RegionOf(place) : resource == "units" ? Above(place) : place;
        if (resource == "absences" && user == Staff[place]) return 200;
        if (resource == "people") return held.Any(h => h.Permission == permission && RegionOf(h.Unit) == RegionOf(place)) && held.Any(h => h.Permission == permission && Reaches(h.Unit, RegionOf(place), inRegion: true)) ? 200
            : held.Any(h => InRegion(h.Unit, RegionOf(place))) ? 403 : 404;
        if (!hasPlace) return 403;
        if (!held.Any(h => InRegion(h.Unit, RegionOf(where)))) return 404;
        return permission.Split(' ').All(p => held.Any(h => h.Permission == p && Reaches(h.Unit, where, inRegion: false))) ? 200 : 403;
    }

    private async Task<IReadOnlyList<(string Permission, string Unit)>> Held(string user)
    {
        var roles = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.ReferenceFolder, "roles.json")))!.AsArray();
        var assignments = (await host.Get("admin", $"/role-assignments?person={user}")).Body!.AsArray();
        return [.. assignments.SelectMany(a => roles.Single(r => r!["code"]!.ToString() == a!["role"]!.ToString())!["permissions"]!.AsArray()
            .Select(p => p!.ToString()).Append("").Select(p => (p, a!["unit"]!.ToString())))];
    }

    private static bool Reaches(string held, string place, bool inRegion) =>
        held == "*" || held == place || (inRegion ? RegionOf(held) == place : RegionOf(place) == held || (held == "verksamhet-onkologi" && place.StartsWith("onk", StringComparison.Ordinal)));

    private static bool InRegion(string held, string region) => held == "*" || RegionOf(held) == region;

    private static string Above(string place) => place switch { "onk1" => "verksamhet-onkologi", "bup-a" => "verksamhet-bup", _ => RegionOf(place) };

    private static string RegionOf(string place) => place switch
    {
        "VGR" or "RÖ" or "RG" => place,
        _ when place.StartsWith("vc-", StringComparison.Ordinal) => "RÖ",
        _ when place.StartsWith("hc-", StringComparison.Ordinal) => "RG",
        _ => "VGR"
    };

    private static JsonObject Sample(string resource, string place)
    {
        var n = Interlocked.Increment(ref _number);
        var day = new DateOnly(2027, 1, 1).AddDays(n).ToString("yyyy-MM-dd");
        return resource switch
        {
            "absences" => new() { ["person"] = Staff[place], ["from"] = day, ["to"] = day, ["reason"] = "annan" },
            "role-assignments" => new() { ["person"] = Staff[place], ["role"] = "superanvandare", ["unit"] = place, ["from"] = day, ["to"] = day },
            "units" => new() { ["name"] = $"Enhet {n}", ["region"] = RegionOf(place), ["verksamhet"] = Above(place) == RegionOf(place) ? null : Above(place) },
            "people" => new() { ["displayName"] = $"Person {n}", ["userName"] = $"person{n}", ["region"] = RegionOf(place) },
            "case-types" => new() { ["code"] = $"typ{n}", ["name"] = $"Ärendetyp {n}" },
            "routing" => new() { ["table"] = "prov", ["units"] = new JsonArray(place) },
            "phrases" => new() { ["key"] = $"fras{n}", ["text"] = "Hej", ["unit"] = place, ["scope"] = "Lokal" },
            "routines" => new() { ["title"] = $"Rutin {n}", ["region"] = RegionOf(place) },
            "schedule" => new() { ["person"] = Staff[place], ["unit"] = place, ["function"] = "1177-ansvarig", ["from"] = "2027-01-01T08:00:00+01:00", ["to"] = "2027-01-01T16:00:00+01:00" },
            "groups" => new() { ["name"] = $"Grupp {n}", ["unit"] = place },
            "settings" => new() { ["key"] = $"prov{n}", ["scope"] = place, ["value"] = n },
            "downtimes" => new() { ["service"] = "Journalen", ["from"] = day, ["unit"] = place },
            "closures" => new() { ["unit"] = place, ["from"] = day, ["to"] = day },
            _ => throw new InvalidOperationException($"{resource} has no sample.")
        };
    }

    private static JsonObject Change(string resource)
    {
        var n = Interlocked.Increment(ref _number);
        return resource switch
        {
            "absences" => new() { ["to"] = new DateOnly(2029, 1, 1).AddDays(n).ToString("yyyy-MM-dd") },
            "units" => new() { ["address"] = $"Gata {n}" },
            "people" => new() { ["title"] = $"Titel {n}" },
            "case-types" => new() { ["onlyWithinMessage"] = $"Text {n}" },
            "phrases" => new() { ["text"] = $"Hej {n}", ["agreedWithOperation"] = true },
            "routines" => new() { ["version"] = $"{n}" },
            "schedule" => new() { ["function"] = $"Uppgift {n}" },
            "settings" => new() { ["value"] = n },
            "role-assignments" => new() { ["group"] = $"Grupp {n}" },
            _ => new() { ["note"] = $"Text {n}" }
        };
    }

    /// <summary>The change that puts a row at another place; null = it has none that could be tried.</summary>
    private static JsonObject? Moved(string resource, string place) => resource switch
    {
        "routing" => new() { ["units"] = new JsonArray(place) },
        "phrases" or "groups" or "schedule" or "downtimes" or "closures" or "role-assignments" => new() { ["unit"] = place },
        "settings" => new() { ["scope"] = place },
        "absences" => new() { ["person"] = Staff[place] },
        "units" => new() { ["verksamhet"] = Above(place) },
        "routines" or "people" => new() { ["region"] = RegionOf(place) },
        _ => null
    };

    private async Task<IReadOnlyList<string>> Rows()
    {
        await using var command = host.Source.CreateCommand("SELECT kind || ':' || id || ':' || data::text FROM reference ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
