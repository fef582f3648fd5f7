using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaseWorkflows.Cases.Forms;

/// <summary>
/// The one reader of numbers from outside. Numbers of JSON as JSON writes them; texts as people write them in Sweden: a decimal comma or
/// point, spaces between thousands. Null for everything else, and for what is too large to be kept exactly everywhere.
/// </summary>
public static partial class NumberText
{
    public const string Fault = "Ange ett tal";

    /// <summary>Fifteen digits: the most that every place a number passes (scripts, browsers, the database) keeps exactly.</summary>
    private const decimal Largest = 999_999_999_999_999m;

    public static decimal? Decimal(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Read(value.ToJsonString(), NumberStyles.Float),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Decimal(value.GetValue<string>()),
        _ => null
    };

    public static decimal? Decimal(string? text)
    {
        if (text is null || text.Length > 64 || !Form().IsMatch(text = text.Trim())) return null;
        return Read(Spaces().Replace(text, "").Replace('\u2212', '-').Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint);
    }

    /// <summary>A whole number between the limits, both included; null for anything else.</summary>
    public static int? Integer(JsonNode? node, int min, int max) => Whole(Decimal(node), min, max);

    /// <inheritdoc cref="Integer(JsonNode?, int, int)"/>
    public static int? Integer(string? text, int min, int max) => Whole(Decimal(text), min, max);

    private static int? Whole(decimal? number, int min, int max) => number is { } n && n == decimal.Truncate(n) && n >= min && n <= max ? (int)n : null;

    // A negative zero is a zero.
    private static decimal? Read(string text, NumberStyles style) =>
        decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest ? number == 0 ? 0 : number : null;

    [GeneratedRegex(@"^[+\-\u2212]?(([0-9]+|[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+)([.,][0-9]*)?|[.,][0-9]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"[ \u00a0\u202f]")]
    private static partial Regex Spaces();
}
