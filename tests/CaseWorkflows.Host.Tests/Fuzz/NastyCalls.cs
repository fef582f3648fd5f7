using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.Tests.Routes;

namespace CaseWorkflows.Host.Tests.Fuzz;

/// <summary>Makes calls that are nearly right or wholly wrong, to every route that there is.</summary>
internal sealed class NastyCalls
{
    private static readonly string[] QueryNames =
    [
        "q", "cursor", "limit", "page", "pageSize", "from", "to", "unit", "due", "view", "case", "status", "flag", "caseType", "owner", "open", "trial", "versionOptions", "searchTerm",
        "orderBy", "orderDirection", "ids", "workflowInstanceId", "activityNodeId", "version", "returnUrl", "sida", "vy", "enhet", "name", "till", "a", "b", "date", "month",
    ];

    private static readonly string[] FormNames =
        ["outcome", "revision", "tillbaka", "f.svarstext", "f.mottagare", "f.team", "f.intern_notering", "text", "till", "skal", "sett", "utkast-sett", "vy", "enhet", "userName", "password", "unit", "caseType", "subject", "anda", "f.svarstyp", "f.karaktär"];

    private static readonly string[] Verbs = ["claim", "release", "assign", "park", "comments", "draft", "complete"];

    // These would end or move the whole run: other tests have them.
    private static readonly string[] LeftOut = ["/api/clock", "/api/people/{id}/password", "/api/me/password", "/byt-losenord"];

    private readonly IReadOnlyList<RegisteredRoute> _routes;
    private readonly RouteWorld _world;
    private readonly Nasty _nasty;
    private readonly JsonNode _definition;

    public NastyCalls(RouteWorld world, Nasty nasty, JsonNode definition)
    {
        _world = world;
        _nasty = nasty;
        _definition = definition;
        _routes = [.. RegisteredRoute.Of(world.Host.Services).Where(r => !r.NeverEnds && !r.EndsSession && !LeftOut.Contains(r.Pattern))];
    }

    public static IReadOnlyList<string?> Users { get; } = [null, "onk1.mott.a", "onk1.hant", "onk.lokadm", "ro.ssk1", "agare", "utvecklare", "admin", "integration", "revisor"];

    public (RegisteredRoute Route, HttpRequestMessage Request, string Told) Next(IReadOnlyDictionary<string, string> tokens)
    {
        var route = _nasty.Any(_routes);
        var address = Address(route);
        var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(address, UriKind.Relative));
        var user = _nasty.Any(Users);
        if (user is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[user]);
        request.Headers.TryAddWithoutValidation("Accept", route.IsApi ? "application/json" : "text/html");
        if (_nasty.Chance(0.05)) request.Headers.TryAddWithoutValidation("Idempotency-Key", Header(_nasty.Text()));
        var body = "";
        if (!route.Reads)
        {
            (request.Content, body) = route.IsApi ? JsonBody(route) : FormBody();
            if (_nasty.Chance(0.02)) request.Content.Headers.ContentType = new MediaTypeHeaderValue(_nasty.Any(["application/json", "text/plain", "application/xml", "application/x-www-form-urlencoded"])) { CharSet = _nasty.Any(["utf-8", "utf-16", "iso-8859-1"]) };
        }

        return (route, request, $"{route.Method} {Cut(address)} as {user ?? "nobody"} {Cut(body)}");
    }

    private string Address(RegisteredRoute route)
    {
        var address = _world.Address(route);
        if (_nasty.Chance(0.15))
        {
            var parts = address.Split('?')[0].Split('/');
            var at = 1 + _nasty.Number(parts.Length - 1);
            // Only what stands in a place of the pattern: another address would be another route.
            var pattern = route.Pattern.Split('/');
            if (at < pattern.Length && pattern[at].Contains('{', StringComparison.Ordinal)) parts[at] = Escaped(_nasty.Text());
            address = string.Join('/', parts);
        }

        if (!_nasty.Chance(route.Reads ? 0.6 : 0.1)) return address;
        var query = Enumerable.Range(0, 1 + _nasty.Number(3)).Select(_ => $"{_nasty.Any(QueryNames)}={Escaped(_nasty.Text())}");
        return address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', query);
    }

    private (HttpContent, string) JsonBody(RegisteredRoute route)
    {
        var text = _nasty.Number(20) switch
        {
            0 => "",
            1 => _nasty.Text(),
            2 or 3 or 4 => _nasty.Json(),
            _ => _nasty.Mutated(Sound(route)),
        };
        return (new StringContent(text.Length > 200_000 ? text[..200_000] : text, Encoding.UTF8, "application/json"), text);
    }

    private JsonNode Sound(RegisteredRoute route) => route.Pattern switch
    {
        "/api/cases" or "/api/cases/" => JsonNode.Parse("""
            {"unit":"Onkologimottagning 1","caseType":"Rådgivning","channel":"1177 e-tjänster","externalId":"x-1","arrivedAt":"2026-04-02T09:00:00+02:00","team":3,
             "patient":{"personalNumber":"19121212-1212","name":"Tolvan","birthDate":"1912-12-12","homeRegion":"VGR","digital":true},
             "sender":{"kind":"Patient","name":"Tolvan"},"subject":"Ämne","text":"Text","attachments":[{"name":"b.jpg","contentType":"image/jpeg","base64":"QUJD"}],"fields":{"önskemål":"Avboka"}}
            """)!,
        _ when route.Pattern.EndsWith("/complete", StringComparison.Ordinal) => JsonNode.Parse("""{"outcome":"Besvara själv","fields":{"svarstext":"Hej","svarstyp":"Svar","team":3,"mottagare":"onk1.hant"},"revision":1}""")!,
        _ when Verbs.Any(v => route.Pattern.EndsWith("/" + v, StringComparison.Ordinal)) => JsonNode.Parse("""{"to":"onk1.hant","until":"2026-04-03T08:00:00+02:00","reason":"Skäl","text":"Text","fields":{"svarstext":"Utkast"},"skäl":"Skäl"}""")!,
        _ when route.Pattern.EndsWith("/resident-messages", StringComparison.Ordinal) => JsonNode.Parse("""{"text":"Hej igen","attachments":[{"name":"b.png","contentType":"image/png","base64":"QUJD"}]}""")!,
        _ when route.Pattern.EndsWith("/events", StringComparison.Ordinal) => JsonNode.Parse("""{"event":"Besök bekräftat","data":{"a":1}}""")!,
        "/api/auth/token" => JsonNode.Parse("""{"userName":"onk2.mott","password":"fel"}""")!,
        _ when route.Pattern.StartsWith("/api/absences", StringComparison.Ordinal) => JsonNode.Parse("""{"person":"onk1.hant2","from":"2026-05-01","to":"2026-05-03","reason":"annan"}""")!,
        _ when route.Pattern.StartsWith("/api/role-assignments", StringComparison.Ordinal) => JsonNode.Parse("""{"person":"onk1.hant2","role":"arendehanterare","unit":"onk2","from":"2026-05-01","to":null}""")!,
        _ when route.Pattern.Contains("opening-hours", StringComparison.Ordinal) => JsonNode.Parse("""{"unit":"cancerrehab","weekdays":{"mån-fre":[["08:00","17:00"]]},"special":[{"date":"2026-12-23","hours":[["08:00","13:00"]]}]}""")!,
        _ when route.Pattern.StartsWith("/api/", StringComparison.Ordinal) => JsonNode.Parse("""{"unit":"onk2","name":"Namn","from":"2026-05-01","to":"9999-12-31","scope":"onk2","key":"nyckel","text":"Text","value":1,"data":{},"reason":"Skäl","outcome":"Klar","state":"on"}""")!,
        _ when route.Pattern.Contains("workflow-definitions", StringComparison.Ordinal) && !route.Pattern.Contains('{', StringComparison.Ordinal) =>
            new JsonObject { ["model"] = _definition.DeepClone(), ["publish"] = _nasty.Chance(0.5) },
        _ => JsonNode.Parse("""{"definitionIds":["prov-fuzz"],"ids":["x"],"page":0,"pageSize":10,"filter":{},"input":{"a":1},"correlationId":"k","name":"Namn","version":1,"activity":{"type":"Elsa.WriteLine","id":"a"}}""")!,
    };

    private (HttpContent, string) FormBody()
    {
        var fields = Enumerable.Range(0, _nasty.Number(6)).Select(_ => KeyValuePair.Create(_nasty.Chance(0.1) ? _nasty.Text() : _nasty.Any(FormNames), _nasty.Text())).ToList();
        var told = string.Join('&', fields.Select(f => f.Key + "=" + f.Value));
        if (!_nasty.Chance(0.1)) return (new StringContent(string.Join('&', fields.Select(f => Escaped(f.Key) + "=" + Escaped(f.Value))), Encoding.UTF8, "application/x-www-form-urlencoded"), told);
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(f => f.Key.All(c => c is > ' ' and < '\x7f' and not '"')))
        {
            // The name is written here, since the library's own way refuses an empty one, and a caller need not.
            var part = new StringContent(Whole(value));
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            parts.Add(part);
        }

        parts.Add(new ByteArrayContent([1, 2, 3]), "f.fil", "bild.png");
        return (parts, told);
    }

    // Bytes as they are: half a pair has none of its own, and goes as an encoder that does not care would send it.
    private string Escaped(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString()
        : char.IsSurrogate(c) ? _nasty.Chance(0.5) ? "%ED%A0%80" : "%EF%BF%BD" : string.Concat(Encoding.UTF8.GetBytes([c]).Select(b => $"%{b:X2}"))));

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Header(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\x7f'));

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
