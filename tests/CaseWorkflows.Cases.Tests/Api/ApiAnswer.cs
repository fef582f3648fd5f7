using System.Net;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, JsonNode? Body, string Text)
{
    public string Id => Body?["id"]?.ToString() ?? "";

    public string? Type => Body?["type"]?.ToString();

    public IReadOnlyList<string> Faults => Body?["errors"] is JsonObject errors ? [.. errors.Select(e => e.Key)] : [];

    public ApiAnswer Should200()
    {
        Status.Should().Be(HttpStatusCode.OK, Text);
        return this;
    }

    public ApiAnswer Should(int status)
    {
        ((int)Status).Should().Be(status, Text);
        return this;
    }
}
