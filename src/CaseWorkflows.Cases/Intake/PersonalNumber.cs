using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.Intake;

/// <summary>
/// The numbers that name a patient: personal numbers, coordination numbers (day + 60; month and day may be unknown), and the reserve numbers
/// that regions give people who have neither. Every way of writing one has a single form, in which it is stored and found.
/// </summary>
public static partial class PersonalNumber
{
    public const string Personal = "Personnummer";
    public const string Coordination = "Samordningsnummer";
    public const string Reserve = "Reservnummer";

    public const string Fault = "Personnumret är inte giltigt.";

    public const string Help =
        "Ange ett personnummer eller samordningsnummer med rätt kontrollsiffra (ååååmmdd-nnnn), eller regionens reservnummer: ååååmmdd och fyra tecken "
        + "som börjar med en bokstav (20121212-K123), eller tolv siffror som börjar med 99. Har patienten inget sådant nummer, lämna fältet tomt och ange namn och födelsedatum.";

    private const int EarliestYear = 1850;

    /// <summary>The date that regions write when none is known.</summary>
    private static readonly DateOnly NoDate = new(1900, 1, 1);

    /// <summary>
    /// "YYYYMMDD-NNNN", or null when the number cannot be right. Accepts with or without hyphen, spaces and century; "+" is a hundred years or more.
    /// No birth date where the number gives none.
    /// </summary>
    public static PatientNumber? Parse(string text, DateOnly today)
    {
        if (Read(text) is not { } form) return null;
        if (form.Reserve) return ReserveNumber(form, today);
        if (!LuhnHolds(form.Ten)) return null;

        int month = int.Parse(form.Ten[2..4]), day = int.Parse(form.Ten[4..6]);
        var coordination = day >= 60;
        if (coordination) day -= 60;
        // Skatteverket gives month 00 and day 60 and over where the birth is not known to the day.
        var unknown = coordination && (month == 0 || day == 0);
        if (YearOf(form, today, month, day) is not { } year || year < EarliestYear || year > today.Year) return null;
        if (unknown) return month <= 12 && day <= 31 ? new PatientNumber(Written(year, form.Ten), Coordination, null) : null;
        if (DateOf(year, month, day) is not { } birth || birth > today) return null;
        return new PatientNumber(Written(year, form.Ten), coordination ? Coordination : Personal, birth);
    }

    /// <summary>
    /// What to search for when somebody writes a number as people write them: the stored form, or its end where the century is not told. Null when the
    /// text does not have a number's form.
    /// </summary>
    public static string? SearchText(string text, DateOnly today)
    {
        if (Read(text) is not { } form) return null;
        if (form.Century is null && !form.Plus) return $"{form.Ten[..6]}-{form.Ten[6..]}".ToLowerInvariant();
        return YearOf(form, today, int.Parse(form.Ten[2..4]), int.Parse(form.Ten[4..6])) is { } year ? Written(year, form.Ten).ToLowerInvariant() : null;
    }

    /// <summary>The kind of a stored number; null for none.</summary>
    public static string? KindOf(string? stored) =>
        stored is null ? null
        : stored.StartsWith("99", StringComparison.Ordinal) || stored.Any(char.IsAsciiLetter) ? Reserve
        : stored.Length >= 8 && stored[6] >= '6' ? Coordination
        : Personal;

    private static PatientNumber? ReserveNumber(Form form, DateOnly today)
    {
        // Twelve digits from 99: no date in them.
        if (form.Century == "99") return new PatientNumber($"99{form.Ten[..6]}-{form.Ten[6..]}", Reserve, null);
        int month = int.Parse(form.Ten[2..4]), day = int.Parse(form.Ten[4..6]);
        if (YearOf(form, today, month, day) is not { } year || DateOf(year, month, day) is not { } date || date > today || year < EarliestYear) return null;
        return new PatientNumber(Written(year, form.Ten), Reserve, date == NoDate ? null : date);
    }

    private static Form? Read(string text)
    {
        if (text.Length > 40 || Shape().Match(Spaces().Replace(text, "").ToUpperInvariant()) is not { Success: true } match) return null;
        var century = match.Groups["century"] is { Success: true } c ? c.Value : null;
        var serial = match.Groups["serial"].Value;
        return new Form(century, match.Groups["date"].Value + serial, match.Groups["sign"].Value == "+", century == "99" || char.IsAsciiLetter(serial[0]));
    }

    /// <summary>As written, or the latest that it can be: a hundred years ago and more with "+", else not after today.</summary>
    private static int? YearOf(Form form, DateOnly today, int month, int day)
    {
        var two = int.Parse(form.Ten[..2]);
        if (form.Century is { } century) return (int.Parse(century) * 100) + two;
        var latest = form.Plus ? today.Year - 100 : today.Year;
        var year = latest - (((latest - two) % 100 + 100) % 100);
        // Later this year has not been yet.
        return year == today.Year && (month, day % 60).CompareTo((today.Month, today.Day)) > 0 ? year - 100 : year;
    }

    private static DateOnly? DateOf(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static string Written(int year, string ten) => $"{year:0000}{ten[2..6]}-{ten[6..]}";

    private static bool LuhnHolds(string ten)
    {
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            var value = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }

    /// <param name="Century">Two digits; null when it is not told.</param>
    /// <param name="Ten">Six digits and four characters.</param>
    private sealed record Form(string? Century, string Ten, bool Plus, bool Reserve);

    // A reserve number that begins with 99 has digits only.
    [GeneratedRegex(
        @"^((?<century>99)(?<date>[0-9]{6})-?(?<serial>[0-9]{4})|(?<century>[0-8][0-9]|9[0-8])?(?<date>[0-9]{6})(?<sign>[-+]?)(?<serial>[0-9]{4}|[A-Z][A-Z0-9]{3}))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"[\s\u00a0\u202f]")]
    private static partial Regex Spaces();
}
