using System.Net;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Scenarios.Driver;

/// <summary>What a call answered.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode? Body)
{
    public int Code => (int)Status;

    /// <summary>Keys of the faulty fields.</summary>
    public IReadOnlyList<string> Errors => Body?["errors"] is JsonObject errors ? [.. errors.Select(e => e.Key)] : [];

    /// <summary>The conflict's type.</summary>
    public string? Type => Body?["type"]?.ToString();

    public Answer ShouldBeOk()
    {
        Code.Should().BeOneOf([200, 201, 202], Body?.ToJsonString());
        return this;
    }

    public void ShouldBe400On(params string[] fields)
    {
        Code.Should().Be(400, Body?.ToJsonString());
        Errors.Should().Contain(fields);
    }

    public void ShouldBe(int code) => Code.Should().Be(code, Body?.ToJsonString());
}
