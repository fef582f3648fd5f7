using System.Globalization;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Limits that are written as they are must be ones that a clock can run to.</summary>
internal static class ClockValidation
{
    public static void Positive(ActivityValidation v, string input, Input? value, string shown)
    {
        if (Number(value) is <= 0 and var number) v.Problem(input, "no-limit", $"’{shown}’ är {number}. Ange ett tal större än noll.");
    }

    public static void NotNegative(ActivityValidation v, string input, Input? value, string shown)
    {
        if (Number(value) is < 0 and var number) v.Problem(input, "no-limit", $"’{shown}’ är {number}. Ange noll eller mer.");
    }

    private static int? Number(Input? input) =>
        int.TryParse(ActivityValidation.LiteralText(input), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
