using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>What the clients do: register cases, look at what is available, complete it.</summary>
internal sealed class TortureWork(TortureOptions options, TortureLog log)
{
    private static readonly DateTimeOffset Now = new(2026, 4, 8, 10, 0, 0, TimeSpan.FromHours(2));
    private readonly ConcurrentDictionary<(string, string), bool> _refused = new();
    private List<(string Unit, string CaseType)> _offers = [];
    private TortureClient? _admin;
    private int _registered;

    public int Registered => Volatile.Read(ref _registered);

    public IReadOnlyList<TortureClient> People { get; private set; } = [];

    /// <summary>Who there is and which cases units take, asked from the host itself.</summary>
    public async Task PrepareAsync(HttpClient http, CancellationToken ct)
    {
        const string password = Configuration.HostSettings.DefaultDemoPassword;
        var admin = new TortureClient(http, "admin", password, log);
        if (!await admin.SignInAsync(ct)) throw new InvalidOperationException("The administrator cannot sign in.");
        _admin = admin;
        _offers = [.. (await ListAsync(admin, "/api/units", ct))
            .Where(u => options.Unit is null || u["name"]?.ToString() == options.Unit || u["id"]?.ToString() == options.Unit)
            .SelectMany(u => (u["caseTypeOffers"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(o => o["active"]?.GetValue<bool>() == true && o["mode"]?.ToString() != "genväg")
                .Select(o => (u["id"]!.ToString(), o["type"]!.ToString())))];
        if (_offers.Count == 0) throw new InvalidOperationException("No unit takes cases.");

        var people = new List<TortureClient>();
        foreach (var name in (await ListAsync(admin, "/api/people", ct)).Select(p => p["userName"]?.ToString()).OfType<string>())
        {
            var person = new TortureClient(http, name, password, log);
            if (await person.SignInAsync(ct)) people.Add(person);
        }

        People = people;
    }

    public async Task RegisterAsync(TortureClient by, Random random, CancellationToken ct)
    {
        while (true)
        {
            var offer = _offers[random.Next(_offers.Count)];
            if (_refused.ContainsKey(offer)) continue;
            var externalId = $"prov-{Guid.NewGuid():N}";
            var answer = await by.PostAsync("/api/cases", Case(offer, externalId), ct);
            // Carried out before the host died, its answer lost: the same letter again gives the same case.
            if (answer.Status == HttpStatusCode.OK && answer.Body?["id"] is null) answer = await by.PostAsync("/api/cases", Case(offer, externalId), ct);
            if (answer.Status is HttpStatusCode.Created or HttpStatusCode.OK && answer.Body?["id"] is { } id)
            {
                log.Cases[externalId] = Guid.Parse(id.ToString());
                Interlocked.Increment(ref _registered);
                return;
            }

            // Not every unit has a routine for everything, and some types have fields of their own.
            _refused.TryAdd(offer, true);
            if (_refused.Count == _offers.Count) throw new InvalidOperationException($"No unit takes a case: {answer.Status} {answer.Body}");
        }
    }

    /// <summary>Moves business time on in small steps, so that timers fall due all through the run.</summary>
    public async Task MoveClockAsync(CancellationToken ct)
    {
        try
        {
            for (var now = Now; ; now = now.AddMinutes(5))
            {
                await Task.Delay(1500, ct);
                var answer = await _admin!.PutAsync("/api/clock", new JsonObject { ["now"] = now.AddMinutes(5).ToString("O") }, ct);
                if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Conflict)) log.Faults.Enqueue($"PUT /api/clock: {answer.Status} {answer.Body}");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <returns>True when the person had something to do.</returns>
    public async Task<bool> WorkAsync(TortureClient person, Random random, CancellationToken ct)
    {
        var list = await person.GetAsync("/api/tasks?view=available&limit=50", ct);
        var items = (list.Body?["items"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (random.Next(2) == 0 || items.Count == 0)
        {
            var mine = await person.GetAsync("/api/tasks?view=mine&limit=50", ct);
            items.AddRange((mine.Body?["items"] as JsonArray ?? []).OfType<JsonObject>());
        }

        if (items.Count == 0) return false;
        var id = Guid.Parse(items[random.Next(items.Count)]["id"]!.ToString());
        var task = await person.GetAsync($"/api/tasks/{id}", ct);
        if (task.Body is not JsonObject detail || FormFiller.Outcome(detail, random) is not { } outcome) return false;
        var body = new JsonObject { ["outcome"] = outcome, ["fields"] = FormFiller.Fields(detail, outcome, Now) };
        var answer = await person.PostAsync($"/api/tasks/{id}/complete", body, ct);
        switch (answer.Status)
        {
            case HttpStatusCode.OK:
                log.Completions.AddOrUpdate(id, 1, (_, n) => n + 1);
                return true;
            case HttpStatusCode.Conflict:
                log.CountConflict();
                return true;
            default:
                return answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
        }
    }

    private static JsonObject Case((string Unit, string CaseType) offer, string externalId) => new()
    {
        ["unit"] = offer.Unit,
        ["caseType"] = offer.CaseType,
        ["channel"] = "1177 e-tjänster",
        ["externalId"] = externalId,
        ["patient"] = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Prov Person", ["birthDate"] = "1912-12-12", ["homeRegion"] = "VGR", ["digital"] = true },
        ["sender"] = new JsonObject { ["kind"] = "Patient", ["name"] = "Prov Person" },
        ["subject"] = "Prov",
        ["text"] = "Ett prov som ingen ska läsa.",
    };

    private static async Task<List<JsonObject>> ListAsync(TortureClient client, string path, CancellationToken ct)
    {
        var answer = await client.GetAsync(path, ct);
        return answer.Body switch
        {
            JsonArray a => [.. a.OfType<JsonObject>()],
            JsonObject o when o["items"] is JsonArray a => [.. a.OfType<JsonObject>()],
            _ => throw new InvalidOperationException($"{path}: {answer.Status} {answer.Body}"),
        };
    }
}
