namespace CaseWorkflows.Cases.Calendars;

/// <summary>Swedish public holidays and the three eves that count as such in working life (D-02).</summary>
public static class SwedishHolidays
{
    /// <summary>Easter Sunday by the Gregorian computus, correct for every year of the calendar.</summary>
    public static DateOnly EasterSunday(int year)
    {
        int golden = year % 19, century = year / 100, yearOfCentury = year % 100;
        int skippedLeap = century / 4, centuryRest = century % 4;
        int moonCorrection = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - skippedLeap - moonCorrection + 15) % 30;
        int weekday = (32 + 2 * centuryRest + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7;
        int late = (golden + 11 * epact + 22 * weekday) / 451;
        int days = epact + weekday - 7 * late + 114;
        return new DateOnly(year, days / 31, days % 31 + 1);
    }

    /// <summary>The Swedish name when the day is a holiday or one of the eves, else null.</summary>
    public static string? NameOf(DateOnly day)
    {
        switch ((day.Month, day.Day))
        {
            case (1, 1): return "Nyårsdagen";
            case (1, 6): return "Trettondedag jul";
            case (5, 1): return "Första maj";
            case (6, 6): return "Nationaldagen";
            case (12, 24): return "Julafton";
            case (12, 25): return "Juldagen";
            case (12, 26): return "Annandag jul";
            case (12, 31): return "Nyårsafton";
        }

        if (day.Month == 6 && day.Day is >= 19 and <= 26)
        {
            if (day.DayOfWeek == DayOfWeek.Friday && day.Day <= 25) return "Midsommarafton";
            if (day.DayOfWeek == DayOfWeek.Saturday && day.Day >= 20) return "Midsommardagen";
        }

        if (day.DayOfWeek == DayOfWeek.Saturday && (day is { Month: 10, Day: 31 } || day is { Month: 11, Day: <= 6 })) return "Alla helgons dag";

        return (day.DayNumber - EasterSunday(day.Year).DayNumber) switch
        {
            -2 => "Långfredagen",
            0 => "Påskdagen",
            1 => "Annandag påsk",
            39 => "Kristi himmelsfärdsdag",
            49 => "Pingstdagen",
            _ => null
        };
    }

    public static bool IsHoliday(DateOnly day) => NameOf(day) is not null;
}
