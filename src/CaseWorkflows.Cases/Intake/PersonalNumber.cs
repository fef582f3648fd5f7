namespace CaseWorkflows.Cases.Intake;

/// <summary>Swedish personal numbers and coordination numbers (samordningsnummer: day + 60), with their check digit.</summary>
public static class PersonalNumber
{
    /// <summary>"YYYYMMDD-NNNN", or null when the number cannot be right. Accepts with or without hyphen and century; "+" is a hundred years or more.</summary>
    public static (string Number, DateOnly BirthDate)? Parse(string text, DateOnly today)
    {
        var trimmed = text.Trim();
        var plus = trimmed.Contains('+');
        var digits = new string([.. trimmed.Where(char.IsAsciiDigit)]);
        if (digits.Length is not (10 or 12) || trimmed.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or '+' or ' '))) return null;
        var ten = digits[^10..];
        if (!LuhnHolds(ten)) return null;

        var month = int.Parse(ten[2..4]);
        var day = int.Parse(ten[4..6]);
        if (day > 60) day -= 60;
        int year;
        if (digits.Length == 12)
        {
            year = int.Parse(digits[..4]);
        }
        else
        {
            year = today.Year / 100 * 100 + int.Parse(ten[..2]);
            if (year > today.Year || (year == today.Year && (month, day).CompareTo((today.Month, today.Day)) > 0)) year -= 100;
            if (plus) year -= 100;
        }

        if (year is < 1850 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var birth = new DateOnly(year, month, day);
        return birth > today ? null : ($"{year:0000}{ten[2..6]}-{ten[6..]}", birth);
    }

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
}
