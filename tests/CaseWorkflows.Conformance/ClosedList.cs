using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Conformance;

/// <summary>The only reasons for which a case may be skipped: what its files hold.</summary>
public static partial class ClosedList
{
    private static readonly string[] Languages = ["Liquid", "CSharp", "Python"];
    private static readonly string[] LanguageActivities = ["Elsa.RunCSharp", "Elsa.RunPython"];
    private static readonly string[] Http = ["Elsa.HttpEndpoint", "Elsa.WriteHttpResponse", "Elsa.WriteFileHttpResponse", "Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest", "Elsa.DownloadHttpFile"];

    /// <returns>The reason, or null when the case must pass.</returns>
    public static string? Reason(ConformanceCase c)
    {
        if (c.Kind == "alteration") return "alteration module";
        foreach (var file in c.Files)
        {
            if (Reason(JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { MaxDepth = 256 })) is { } reason) return reason;
        }

        return null;
    }

    private static string? Reason(JsonNode? node)
    {
        if (node is JsonArray list) return list.Select(Reason).FirstOrDefault(r => r is not null);
        if (node is not JsonObject o) return null;
        if (o["type"] is JsonValue v && v.TryGetValue<string>(out var type))
        {
            if (Languages.Contains(type) && o.ContainsKey("value")) return $"{type} expression";
            if (LanguageActivities.Contains(type)) return $"{type["Elsa.Run".Length..]} activity";
            if (Http.Contains(type)) return $"HTTP module ({type})";
            if (type.Contains("Alteration", StringComparison.Ordinal)) return "alteration module";
            if (type == "JavaScript" && Newer(o["value"])) return "ES2015+ syntax";
            if (type == "Elsa.RunJavaScript" && Newer(o["script"]?["expression"]?["value"])) return "ES2015+ syntax";
        }

        return o.Select(p => Reason(p.Value)).FirstOrDefault(r => r is not null);
    }

    /// <summary>Template literals are not counted: the engine understands them.</summary>
    private static bool Newer(JsonNode? script) => script is JsonValue v && v.TryGetValue<string>(out var text) && NewSyntax().IsMatch(text);

    [GeneratedRegex(@"=>|\b(let|const|class|async|await)\s|\.\.\.|\?\?|\?\.[A-Za-z]")]
    private static partial Regex NewSyntax();
}
