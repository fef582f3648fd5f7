using System.Globalization;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Limits that are written as they are must be ones that a clock can run to.</summary>
internal static class ClockValidation
{
    /// <summary>Working days of forty years and more, or minutes of two and a half weeks of open time: nobody means to wait longer.</summary>
    public const int Most = 10_000;

    public static void Positive(ActivityValidation v, string input, Input? value, string shown)
    {
        if (Number(value) is <= 0 and var number) v.Problem(input, "no-limit", $"’{shown}’ är {number}. Ange ett tal större än noll.");
        NotTooLarge(v, input, value, shown);
    }

    public static void NotNegative(ActivityValidation v, string input, Input? value, string shown)
    {
        if (Number(value) is < 0 and var number) v.Problem(input, "no-limit", $"’{shown}’ är {number}. Ange noll eller mer.");
        NotTooLarge(v, input, value, shown);
    }

    /// <summary>The same limit for what an expression came to.</summary>
    /// <exception cref="FormatException">With a Swedish sentence, for the incident.</exception>
    public static int Demand(int number, string shown) =>
        number is >= 0 and <= Most ? number : throw new FormatException($"’{shown}’ är {number}. Ange ett tal från 0 till {Most}.");

    private static void NotTooLarge(ActivityValidation v, string input, Input? value, string shown)
    {
        if (Number(value) is > Most and var number) v.Problem(input, "no-limit", $"’{shown}’ är {number}. Ange högst {Most}.");
    }

    private static decimal? Number(Input? input) =>
        decimal.TryParse(ActivityValidation.LiteralText(input), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
