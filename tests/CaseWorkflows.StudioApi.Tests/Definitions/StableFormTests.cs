using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>A file changes only where somebody changed something.</summary>
public sealed class StableFormTests
{
    [Fact]
    public void The_same_routine_gives_the_same_text_whatever_the_order_of_names_and_the_facts_of_the_database()
    {
        var one = Routines.Line("a", "A");
        var other = new JsonObject(one.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())))
        {
            ["version"] = 9,
            ["isLatest"] = false,
            ["isPublished"] = true,
            ["id"] = "0123456789abcdef",
            ["createdAt"] = "2026-01-01T00:00:00+00:00",
            ["links"] = new JsonArray(),
        };
        DefinitionDocument.WriteNodeIds(other);
        StableForm.Write(other).Should().Be(StableForm.Write(one));
    }

    [Fact]
    public void Order_that_means_something_and_positions_are_kept()
    {
        var text = StableForm.Write(Routines.Line("a", "A", lines: 3));
        text.IndexOf("\"line1\"", StringComparison.Ordinal).Should().BeLessThan(text.IndexOf("\"line2\"", StringComparison.Ordinal));
        text.Should().Contain("\"position\"").And.EndWith("}\n").And.Contain("https://elsaworkflows.io/schemas/workflow-definition");
        StableForm.Write(DefinitionDocument.Parse(text)).Should().Be(text);
    }
}
