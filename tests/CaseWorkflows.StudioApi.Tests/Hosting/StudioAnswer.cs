using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

public sealed record StudioAnswer(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Node => JsonNode.Parse(Text)!;

    public JsonObject Json => Node.AsObject();

    /// <summary>The definition of a save's answer.</summary>
    public JsonObject Definition => Json["workflowDefinition"]!.AsObject();

    /// <summary>Every text under errors.</summary>
    public IReadOnlyList<string> Errors => [.. Json["errors"]!.AsObject().SelectMany(p => p.Value!.AsArray()).Select(t => t!.GetValue<string>())];
}
