using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Tests.Forms;

/// <summary>F-2: what a routine works out as choices is text that can be shown and answered, or the step's incident; never a page that cannot be opened.</summary>
public sealed class RowChoiceTests
{
    [Theory]
    [InlineData("""["Ja", "Nej"]""", "Ja,Nej")]
    [InlineData("""[1, 2.5, true]""", "1,2.5,true")]
    [InlineData("""[{"value":1,"label":2}, {"value":"x"}]""", "1,x")]
    public void F_2_numbers_are_choices_too(string options, string values)
    {
        foreach (var form in new[] { Rows(options), Plain(options) })
        {
            var field = HumanTaskForm.Fields(JsonNode.Parse(form), null, []).Single();
            var choices = field.Type == FieldType.Rows ? FormOption.Of(field.Value![0]!["options"]!.AsArray()) : field.Options!;
            string.Join(',', choices.Select(c => c.Value)).Should().Be(values);
        }
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[[1]]")]
    [InlineData("""["Ja", {"label":"x"}]""")]
    [InlineData("""[{"value":null}]""")]
    public void F_2_what_is_no_choice_is_the_steps_fault(string options)
    {
        foreach (var form in new[] { Rows(options), Plain(options) })
            FluentActions.Invoking(() => HumanTaskForm.Fields(JsonNode.Parse(form), null, [])).Should().Throw<Exception>().WithMessage("*val*");
    }

    private static string Rows(string options) => $$"""[{"label":"Rader","type":"rows","value":[{"key":"1","options":{{options}}}]}]""";

    private static string Plain(string options) => $$"""[{"label":"Val","type":"choice","options":{{options}}}]""";
}
