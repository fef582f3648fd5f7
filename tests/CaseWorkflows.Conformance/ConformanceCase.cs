using System.Text.Json.Nodes;

namespace CaseWorkflows.Conformance;

/// <summary>One case of a manifest (or of the folder of workflows in code) with its oracle per flow mode.</summary>
public sealed record ConformanceCase(string Id, string Kind, IReadOnlyList<string> Files, string? Run, JsonObject? Input, bool UntilEnd, JsonObject? Expect, IReadOnlyDictionary<string, string> Oracles)
{
    /// <summary>Reads every case of a folder: <c>manifest.json</c>, and <c>code/*.definition.json</c> beside their oracles.</summary>
    public static IReadOnlyList<ConformanceCase> ReadAll(string folder)
    {
        var cases = new List<ConformanceCase>();
        var manifest = Path.Combine(folder, "manifest.json");
        if (File.Exists(manifest))
        {
            foreach (var c in JsonNode.Parse(File.ReadAllText(manifest))!["cases"]!.AsArray().OfType<JsonObject>()) cases.Add(Read(folder, c));
        }

        var code = Path.Combine(folder, "code");
        if (!Directory.Exists(code)) return cases;
        foreach (var file in Directory.GetFiles(code, "*.definition.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file)[..^".definition.json".Length];
            var oracles = new[] { "counter", "token" }.Select(m => (m, Path: Path.Combine(code, $"{name}.{m}.oracle.json"))).Where(o => File.Exists(o.Path)).ToDictionary(o => o.m, o => o.Path);
            cases.Add(new ConformanceCase("code/" + name, "run", [file], null, null, true, null, oracles));
        }

        return cases;
    }

    private static ConformanceCase Read(string folder, JsonObject c) => new(
        (string)c["id"]!, (string)c["kind"]!,
        [.. c["files"]!.AsArray().Select(f => Path.Combine(folder, (string)f!))],
        (string?)c["run"], c["input"] as JsonObject, (bool?)c["untilEnd"] ?? true, c["expect"] as JsonObject,
        (c["oracle"] as JsonObject)?.Where(o => o.Value is not null).ToDictionary(o => o.Key, o => Path.Combine(folder, (string)o.Value!)) ?? []);
}
