using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Tests;

public sealed class DefinitionTests
{
    [Fact]
    public void Nothing_unknown_is_lost_when_read_and_written()
    {
        const string Json = """{"id":"v","definitionId":"d","surprise":{"å":[1,2.50,null]},"root":{"type":"Acme.Unknown","id":"a","secret":"<b>","nested":{"activities":[{"x":1}]}},"links":null}""";
        JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(WorkflowDefinition.Parse(Json).ToJson())).Should().BeTrue();
    }

    [Theory]
    [InlineData("{\"id\":")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("{\"id\":1,\"id\":2}")]
    public void What_is_not_a_definition_is_refused_in_plain_words(string text)
    {
        var act = () => _ = WorkflowDefinition.Parse(text).Id;
        act.Should().Throw<DefinitionException>().Which.Problems.Should().ContainSingle().Which.Message.Should().NotBeEmpty();
    }

    [Fact]
    public void Json_that_nests_without_end_is_refused()
    {
        var act = () => WorkflowDefinition.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 5000)));
        act.Should().Throw<DefinitionException>();
    }

    [Fact]
    public void Nulls_where_lists_should_be_are_empty_lists()
    {
        var d = WorkflowDefinition.Parse("""{"id":null,"definitionId":null,"variables":null,"inputs":null,"options":null,"root":{"id":"a","type":"Elsa.Flowchart","version":1}}""");
        d.Variables.Should().BeEmpty();
        d.Options.UsableAsActivity.Should().BeFalse();
    }

    [Theory]
    [InlineData("Subworkflow test", "SubworkflowTest")]
    [InlineData("Input Output Logging 3 - Child", "InputOutputLogging 3Child")]
    [InlineData("CacheInvalidation_Child", "CacheInvalidationChild")]
    public void The_type_name_of_a_definition_follows_its_name(string name, string type) =>
        DefinitionNames.TypeNameOf(WorkflowDefinition.FromJson(new JsonObject { ["name"] = name })).Should().Be(type);
}
