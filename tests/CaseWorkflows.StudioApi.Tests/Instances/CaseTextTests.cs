using System.Collections.Frozen;
using CaseWorkflows.StudioApi.Instances;

namespace CaseWorkflows.StudioApi.Tests.Instances;

public sealed class CaseTextTests
{
    private static readonly FrozenSet<string> Routine = new[] { "Fördela ärende" }.ToFrozenSet();

    [Theory]
    [InlineData("Frasen ”Ont i ryggen” finns inte.", "Frasen ”…” finns inte.")]
    [InlineData("Cannot read 'Ont i ryggen' of undefined", "Cannot read '…' of undefined")]
    [InlineData("Värdet \"Ont i ryggen\" är varken \"ja\" eller \"nej\".", "Värdet \"…\" är varken \"ja\" eller \"nej\".")]
    [InlineData("Arbetsflödet \"x-svarsklocka\" finns inte eller är inte publicerat.", "Arbetsflödet \"x-svarsklocka\" finns inte eller är inte publicerat.")]
    [InlineData("Steget ”Fördela ärende” saknar utfall.", "Steget ”Fördela ärende” saknar utfall.")]
    [InlineData("It doesn't work and can't.", "It doesn't work and can't.")]
    public void What_an_error_quotes_is_hidden_unless_the_routine_says_it(string message, string shown) =>
        CaseText.WithoutQuotes(message, Routine).Should().Be(shown);
}
