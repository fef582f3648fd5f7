using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Tests.Forms;

public sealed class FieldPatternTests
{
    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("(x+x+)+y")]
    [InlineData("^([a-zA-Z0-9]+\\s?)*$")]
    public void A_pattern_takes_no_longer_for_one_text_than_for_another(string pattern)
    {
        FieldPattern.Fault(pattern).Should().BeNull();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        FieldPattern.Fits(pattern, new string('a', 20_000) + "!").Should().BeFalse();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    [InlineData("(?<!a)b")]
    [InlineData("a{2,1}")]
    public void F_2_one_that_cannot_be_tried_is_refused_where_the_form_is_made(string pattern)
    {
        FieldPattern.Fault(pattern).Should().NotBeNull();
        FieldPattern.Fits(pattern, new string('a', 20_000)).Should().NotBeNull("an open task from before is answered all the same");
        var form = new JsonArray(new JsonObject { ["label"] = "A", ["type"] = "text", ["pattern"] = pattern });
        var make = () => HumanTaskForm.Fields(form, null, [new TaskOutcome("Klar")]);
        make.Should().Throw<InvalidOperationException>().WithMessage("Uppgiften kan inte läggas ut: fältet ’A’ har *");
        var adjust = () => HumanTaskForm.Fields(
            new JsonArray(new JsonObject { ["label"] = "A" }), new JsonObject { ["a"] = new JsonObject { ["pattern"] = pattern } }, [new TaskOutcome("Klar")]);
        adjust.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void F_2_a_form_has_no_more_fields_than_somebody_can_answer()
    {
        JsonArray Form(int count) => new([.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["label"] = $"Fält {i}" })]);
        HumanTaskForm.Fields(Form(200), null, [new TaskOutcome("Klar")]).Should().HaveCount(200);
        var make = () => HumanTaskForm.Fields(Form(201), null, [new TaskOutcome("Klar")]);
        make.Should().Throw<InvalidOperationException>();
    }
}
