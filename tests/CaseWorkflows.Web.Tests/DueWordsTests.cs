using CaseWorkflows.Web.Times;

namespace CaseWorkflows.Web.Tests;

public sealed class DueWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 13, 20, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("2026-11-20T16:30:00+01:00", "Idag 16:30", Urgency.Today)]
    [InlineData("2026-11-20T14:00:00+01:00", "14:00, om 40 min", Urgency.Today)]
    [InlineData("2026-11-20T13:20:00+01:00", "Försenad 1 min", Urgency.Over)]
    [InlineData("2026-11-20T10:00:00+01:00", "Försenad 3 tim", Urgency.Over)]
    [InlineData("2026-11-18T16:30:00+01:00", "Försenad 2 dygn", Urgency.Over)]
    [InlineData("2026-11-21T07:30:00+01:00", "Imorgon 07:30", Urgency.Later)]
    [InlineData("2026-11-23T16:30:00+01:00", "mån 16:30", Urgency.Later)]
    [InlineData("2026-12-01T16:30:00+01:00", "1 dec. 16:30", Urgency.Later)]
    [InlineData("2027-01-05T16:30:00+01:00", "5 jan. 2027 16:30", Urgency.Later)]
    public void A_deadline_is_said_as_a_colleague_would(string due, string words, object urgency)
    {
        var said = DueWords.Of(DateTimeOffset.Parse(due), Now);

        said.Text.Replace("dec 16", "dec. 16").Replace("jan 2027", "jan. 2027").Should().Be(words);
        said.Urgency.Should().Be((Urgency)urgency);
    }

    [Fact]
    public void The_day_is_Stockholms_not_the_machines()
    {
        DueWords.Of(DateTimeOffset.Parse("2026-11-20T22:30:00Z"), Now).Text.Should().Be("Idag 23:30");
        DueWords.Of(DateTimeOffset.Parse("2026-11-20T23:30:00Z"), Now).Text.Should().Be("Imorgon 00:30");
    }
}
