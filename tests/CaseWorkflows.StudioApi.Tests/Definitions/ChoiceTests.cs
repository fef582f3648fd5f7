using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Descriptors;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>The drop-downs of the designer, as Studio is given them.</summary>
public sealed class ChoiceTests
{
    [Fact]
    public async Task Whatever_is_chosen_in_the_designer_can_be_published()
    {
        var models = new List<(string Name, JsonObject Model)>();
        foreach (var activity in Gate.Registry.Descriptors)
        {
            foreach (var input in activity.Inputs.Where(i => i.Options.Count > 0))
            {
                var lists = DescriptorWriter.Input(input, _ => null)["uiSpecifications"]![input.UIHint]!.AsObject().Select(p => p.Value).OfType<JsonObject>();
                foreach (var item in lists.Single(o => o["items"] is JsonArray)["items"]!.AsArray())
                {
                    var (text, value) = (item!["text"]!.GetValue<string>(), item["value"]!.GetValue<string>());
                    text.Should().NotContain("|").And.NotBeEmpty();
                    value.Should().NotContain("|").And.NotBeEmpty();
                    var stored = input.UIHint == "checklist" ? new JsonArray(value).ToJsonString() : value;
                    models.Add(($"val{models.Count}", Gate.Around(Gate.Step(activity.TypeName, "Steg", (input.JsonName, stored)), "Done")));
                }
            }
        }

        models.Count.Should().BeGreaterThan(40);
        var findings = await Gate.CheckAsync(models);
        findings.Should().HaveCount(models.Count);
        findings.SelectMany(f => f.Value).Where(f => f.Code is "outside-choices" or "value").Select(f => f.Message).Should().BeEmpty();
    }
}
