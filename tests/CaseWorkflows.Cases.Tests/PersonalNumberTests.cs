using CaseWorkflows.Cases.Intake;
using FsCheck;
using FsCheck.Fluent;

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
        var parsed = PersonalNumber.Parse(text, Today)!;
        (parsed.Number, parsed.BirthDate).Should().Be((number, DateOnly.Parse(birth)));
    }

    [Theory]
    [InlineData("19121212-1213")]
    [InlineData("19121312-1212")]
    [InlineData("12")]
    [InlineData("hej")]
    [InlineData("20991212-1212")]
    public void Faulty_numbers_are_not(string text) => PersonalNumber.Parse(text, Today).Should().BeNull();

    [Theory]
    [InlineData("191500882392", "19150088-2392", PersonalNumber.Coordination, null)]
    [InlineData("19150088-2392", "19150088-2392", PersonalNumber.Coordination, null)]
    [InlineData("150088+2392", "19150088-2392", PersonalNumber.Coordination, null)]
    [InlineData("19 12 12 12 12 12", "19121212-1212", PersonalNumber.Personal, "1912-12-12")]
    [InlineData("121212-1212", "20121212-1212", PersonalNumber.Personal, "2012-12-12")]
    [InlineData("20121212-K123", "20121212-K123", PersonalNumber.Reserve, "2012-12-12")]
    [InlineData("20121212k123", "20121212-K123", PersonalNumber.Reserve, "2012-12-12")]
    [InlineData("121212-T123", "20121212-T123", PersonalNumber.Reserve, "2012-12-12")]
    [InlineData("19000101-R220", "19000101-R220", PersonalNumber.Reserve, null)]
    [InlineData("991912120001", "99191212-0001", PersonalNumber.Reserve, null)]
    public void F_8_F_11_the_numbers_that_regions_and_Skatteverket_give(string text, string number, string kind, string? birth)
    {
        PersonalNumber.Parse(text, Today).Should().Be(new PatientNumber(number, kind, birth is null ? null : DateOnly.Parse(birth)));
        PersonalNumber.KindOf(number).Should().Be(kind);
    }

    [Theory]
    [InlineData("191500882393")]      // check digit
    [InlineData("191513882392")]      // month 13
    [InlineData("19150012-2392")]     // month 00 without day + 60
    [InlineData("20121312-K123")]
    [InlineData("20990101-K123")]
    [InlineData("20121212-1K23")]
    [InlineData("20121212-KÅ23")]
    [InlineData("50-123456")]
    [InlineData("12-345678")]
    public void F_8_F_11_their_neighbours_are_refused(string text) => PersonalNumber.Parse(text, Today).Should().BeNull();

    [Fact]
    public void F_8_every_twelve_digits_are_judged_as_the_slow_oracle_does()
    {
        var digits = Gen.Elements("18", "19", "20").SelectMany(_ => Gen.Choose(0, 99), (c, y) => $"{c}{y:00}")
            .SelectMany(_ => Gen.Choose(0, 14), (t, m) => $"{t}{m:00}").SelectMany(_ => Gen.Choose(0, 93), (t, d) => $"{t}{d:00}")
            .SelectMany(_ => Gen.Choose(0, 9999), (t, s) => $"{t}{s:0000}");
        // One in ten has the right digit by chance; make it half.
        var mended = digits.SelectMany(_ => Gen.Choose(0, 1), (t, mend) => mend == 0 ? t : t[..11] + Enumerable.Range(0, 10).First(c => SlowLuhn(t[2..11] + c)));
        Prop.ForAll(mended.ToArbitrary(), text =>
        {
            var parsed = PersonalNumber.Parse(text, Today);
            return parsed is null == (SlowJudge(text) is null) && (parsed is null || (parsed.BirthDate, parsed.Number) == (SlowJudge(text)!.Value.Birth, $"{text[..8]}-{text[8..]}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void F_6_every_way_of_writing_a_number_is_searched_for_as_it_is_stored()
    {
        var born = Gen.Choose(new DateOnly(1915, 1, 1).DayNumber, Today.DayNumber).Select(DateOnly.FromDayNumber);
        var numbers = born.SelectMany(_ => Gen.Choose(0, 999), (d, s) => $"{d:yyyyMMdd}{s:000}").Select(t => t + Enumerable.Range(0, 10).First(c => SlowLuhn(t[2..] + c)));
        Prop.ForAll(numbers.ToArbitrary(), text =>
        {
            var stored = PersonalNumber.Parse(text, Today)!.Number;
            var sign = int.Parse(text[..4]) <= Today.Year - 100 ? "+" : "-";
            string[] ways = [text, stored, $"{text[..8]} {text[8..]}", $"{text[2..8]}{sign}{text[8..]}", $"{text[2..8]} {sign} {text[8..]}"];
            return ways.All(w => stored.Contains(PersonalNumber.SearchText(w, Today)!, StringComparison.Ordinal) && PersonalNumber.Parse(w, Today)!.Number == stored)
                && stored.Contains(PersonalNumber.SearchText(text[2..], Today)!, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        PersonalNumber.SearchText("önskemål", Today).Should().BeNull();
        PersonalNumber.SearchText("ONK1-2026-000017", Today).Should().BeNull();
    }

    [Fact]
    public void F_8_no_text_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(t => t is not null), text => PersonalNumber.Parse(text, Today) is null || PersonalNumber.SearchText(text, Today) is not null).QuickCheckThrowOnFailure();

    /// <summary>Every day there has been, tried one by one.</summary>
    private static (DateOnly? Birth, bool Unknown)? SlowJudge(string text)
    {
        if (!SlowLuhn(text[2..])) return null;
        var year = int.Parse(text[..4]);
        if (year < 1850 || year > Today.Year) return null;
        for (var day = new DateOnly(year, 1, 1); day.Year == year && day <= Today; day = day.AddDays(1))
        {
            if (text[..8] == day.ToString("yyyyMMdd") || text[..8] == $"{day:yyyyMM}{day.Day + 60}") return (day, false);
        }

        for (var month = 0; month <= 12; month++)
        for (var day = 60; day <= 91; day++)
            if ((month == 0 || day == 60) && text[4..8] == $"{month:00}{day:00}") return (null, true);
        return null;
    }

    private static bool SlowLuhn(string ten) =>
        string.Concat(ten.Select((c, i) => ((c - '0') * (i % 2 == 0 ? 2 : 1)).ToString())).Sum(c => c - '0') % 10 == 0;
}
