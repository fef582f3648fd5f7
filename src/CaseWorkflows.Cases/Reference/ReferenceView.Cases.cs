using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Reference;

public sealed partial class ReferenceView
{
    /// <summary>By code, name or alias, also an alias that only the unit uses .</summary>
    public CaseType? FindCaseType(string? text, Unit? unit = null)
    {
        if (SoundText.IsBlank(text)) return null;
        if (CaseTypes.TryGetValue(text, out var byCode)) return byCode;
        var own = unit?.CaseTypeOffers.FirstOrDefault(o => o.Aliases.Any(a => Same(a, text)));
        if (own is not null) return CaseTypes.GetValueOrDefault(own.Type);
        // The unit's own offer decides where two types share a name.
        return CaseTypes.Values
            .Where(t => Same(t.Name, text) || t.Aliases.Any(a => Same(a, text)))
            .OrderByDescending(t => unit?.CaseTypeOffers.Any(o => o.Type == t.Code) == true)
            .ThenByDescending(t => Same(t.Name, text))
            .FirstOrDefault();
    }

    public CaseTypeOffer? Offer(string unitId, string caseType) =>
        Units.GetValueOrDefault(unitId)?.CaseTypeOffers.FirstOrDefault(o => o.Type == caseType);

    /// <summary>The unit takes the case type as a case (a short cut is not an offer of the unit's own).</summary>
    public bool Offers(string unitId, string caseType) => Offer(unitId, caseType) is { Active: true };

    /// <summary>The row of a table that fits best: most conditions met, then lowest order; null = no rule.</summary>
    public RoutingRow? Route(RoutingQuery query)
    {
        RoutingRow? best = null;
        var bestScore = -1;
        foreach (var row in Routing[query.Table].OrderBy(r => r.Order).ThenBy(r => r.Id, StringComparer.Ordinal))
        {
            if (Score(row, query) is var score && score > bestScore) (best, bestScore) = (row, score);
        }

        return best;
    }

    private int Score(RoutingRow row, RoutingQuery query)
    {
        var score = 0;
        if (row.Units.Count > 0)
        {
            // A row for the unit itself beats one for its operation, and that one for its region.
            var scopes = query.Unit is null ? [] : SelfAndAbove(query.Unit).ToList();
            var nearest = scopes.FindIndex(row.Units.Contains);
            if (nearest < 0) return -1;
            score += 4 - nearest;
        }

        return Meets(row.CaseTypes, query.CaseType) && Meets(row.Channels, query.Channel) && Meets(row.Professions, query.Profession)
            && Meets(row.VisitForms, query.VisitForm)
            && (row.Teams.Count == 0 || (query.Team is { } team && row.Teams.Contains(team)))
            && (row.MinPriority is null || query.Priority >= row.MinPriority) && (row.MaxPriority is null || query.Priority <= row.MaxPriority)
            && (row.DigitalPatient is null || row.DigitalPatient == query.DigitalPatient)
            ? score + 10 * new[]
            {
                row.CaseTypes.Count > 0, row.Channels.Count > 0, row.Professions.Count > 0, row.VisitForms.Count > 0,
                row.Teams.Count > 0, row.MinPriority is not null || row.MaxPriority is not null, row.DigitalPatient is not null
            }.Count(met => met)
            : -1;
    }

    private static bool Meets(IReadOnlyList<string> allowed, string? value) =>
        allowed.Count == 0 || (value is not null && allowed.Contains(value));

    /// <summary>The published phrase nearest to the unit.</summary>
    public Phrase? FindPhrase(string keyOrId, string? unitId = null)
    {
        if (Phrases.TryGetValue(keyOrId, out var byId)) return byId;
        var scopes = unitId is null ? [] : SelfAndAbove(unitId).ToList();
        return Phrases.Values
            .Where(p => p.Key == keyOrId && p.State == "Publicerad"
                && (p.Unit is null || scopes.Contains(p.Unit)) && (p.Region is null || unitId is null || scopes.Contains(p.Region)))
            .OrderByDescending(p => p.Unit is not null).ThenByDescending(p => p.Region is not null).ThenBy(p => p.Id, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Every setting that is on or off, somewhere: what <see cref="UnitsWith"/> may be asked for.</summary>
    public IEnumerable<string> Switches() =>
        _settings.Values.Where(s => IsSwitch(s.Value)).Select(s => s.Key)
            .Concat(Units.Values.SelectMany(u => (u.Settings ?? []).Where(s => IsSwitch(s.Value)).Select(s => s.Key)))
            .Distinct(StringComparer.Ordinal);

    /// <summary>A value that the setting has somewhere, for the kind of it; null when it is set nowhere.</summary>
    public JsonNode? ExampleOfSetting(string key) =>
        _settings.Values.FirstOrDefault(s => s.Key == key && s.Value is not null)?.Value
        ?? Units.Values.Select(u => u.Settings?[key]).FirstOrDefault(v => v is not null);

    private static bool IsSwitch(JsonNode? value) => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    /// <summary>Units with a setting switched on, e.g. those that a daily routine runs for.</summary>
    public IEnumerable<Unit> UnitsWith(string setting) =>
        Units.Values.Where(u => u.Activated && Setting(setting, u.Id, false)).OrderBy(u => u.Id, StringComparer.Ordinal);
}
