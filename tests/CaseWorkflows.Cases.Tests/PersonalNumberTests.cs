using CaseWorkflows.Cases.Intake;

namespace CaseWorkflows.Cases.Tests;

public sealed class PersonalNumberTests
{
    private static readonly DateOnly Today = new(2026, 4, 2);

    [Theory]
    [InlineData("19121212-1212", "19121212-1212", "1912-12-12")]
    [InlineData("191212121212", "19121212-1212", "1912-12-12")]
    [InlineData("121212+1212", "19121212-1212", "1912-12-12")]
    [InlineData("19701063-2391", "19701063-2391", "1970-10-03")]   // samordningsnummer: day + 60
    public void Valid_numbers_are_read(string text, string number, string birth)
    {
        var parsed = PersonalNumber.Parse(text, Today);
        parsed.Should().Be((number, DateOnly.Parse(birth)));
    }

    [Theory]
    [InlineData("19121212-1213")]
    [InlineData("19121312-1212")]
    [InlineData("12")]
    [InlineData("hej")]
    [InlineData("20991212-1212")]
    public void Faulty_numbers_are_not(string text) => PersonalNumber.Parse(text, Today).Should().BeNull();
}
