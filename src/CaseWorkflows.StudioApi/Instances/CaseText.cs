using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Hides what people have written in a case from those who may follow its routine but not read its text (process owners,
/// auditors): every text among a step's values that the routine itself does not hold. Codes, ids, dates and numbers stay.
/// With a protected identity it is hidden from developers and the automation key too, codes, ids and dates with it (D-10).
/// </summary>
internal static partial class CaseText
{
    public const string Hidden = "(dold: ärendets text)";

    private static readonly FrozenSet<string> Holders =
        new[] { "activityState", "outputs", "input", "output", "properties", "payload", "value" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What an incident or an error says; it may quote a value.</summary>
    private const string Message = "message";

    private static readonly ConditionalWeakTable<WorkflowGraph, FrozenSet<string>> Known = [];

    /// <returns>The same answer, changed where needed.</returns>
    public static async Task<JsonObject> WithoutCaseTextAsync(this JsonObject answer, HttpContext http, InstanceSummary instance, GraphCache graphs, CancellationToken ct)
    {
        // A trial's case is made up, and an instance without a case holds no patient.
        if (instance.Trial || instance.CaseId is not { } caseId) return answer;
        // A protected identity: nobody reads values here, and not even a date or a code of the case stays.
        var all = await http.RequestServices.GetRequiredService<ProtectedCases>().ContainsAsync(caseId, ct);
        var access = http.Access();
        if (!all && (access.IsDeveloper || access.IsAutomation)) return answer;
        var graph = await graphs.FindVersionAsync(instance.VersionId, ct);
        var known = graph is null ? FrozenSet<string>.Empty : Known.GetValue(graph, static g => TextsOf(g.Definition.Json).ToFrozenSet(StringComparer.Ordinal));
        Look(answer, known, all, inside: false);
        return answer;
    }

    private static void Look(JsonNode? node, FrozenSet<string> known, bool all, bool inside)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList())
                {
                    var held = inside || Holders.Contains(name);
                    if (held && IsForeign(value, known, all)) o[name] = Hidden;
                    else if (name == Message && value is JsonValue told && told.TryGetValue<string>(out var message)) o[name] = all ? Hidden : WithoutQuotes(message, known);
                    else Look(value, known, all, held);
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    if (inside && IsForeign(a[i], known, all)) a[i] = Hidden;
                    else Look(a[i], known, all, inside);
                }

                break;
        }
    }

    private static bool IsForeign(JsonNode? node, FrozenSet<string> known, bool all) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 && !known.Contains(text) && (all || !Harmless().IsMatch(text));

    internal static string WithoutQuotes(string message, FrozenSet<string> known) => Quote().Replace(
        message, q => known.Contains(q.Groups[1].Value) || Harmless().IsMatch(q.Groups[1].Value) ? q.Value : q.Value[0] + "…" + q.Value[^1]);

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => TextsOf(p.Value)),
        JsonArray a => a.SelectMany(TextsOf),
        JsonValue v when v.TryGetValue<string>(out var text) => WithinJson(text),
        _ => []
    };

    /// <summary>A literal list or form is stored as JSON in a text: what stands in it is the routine's too.</summary>
    private static IEnumerable<string> WithinJson(string text)
    {
        yield return text;
        if (!text.StartsWith('[') && !text.StartsWith('{')) yield break;
        JsonNode? inner = null;
        try
        {
            inner = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            // A script that begins with a bracket.
        }

        foreach (var found in TextsOf(inner)) yield return found;
    }

    [GeneratedRegex(@"(?:[""”“]|(?<!\w)['’])([^""”“]+?)(?:[""”“]|['’](?!\w))", RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    // Codes of units, roles and case types; ids; True and False; dates and times. A personal number is none of these.
    [GeneratedRegex(@"^(?:(?=[a-z0-9_.\-]*[a-z])[a-z0-9_.\-]{1,40}|True|False|\d{4}-\d\d-\d\d(?:T[0-9:.+\-Z]*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
