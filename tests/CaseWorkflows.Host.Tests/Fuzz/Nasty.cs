using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Host.Tests.Fuzz;

/// <summary>What people, phones and ill-meant programs send: texts, numbers, dates and JSON at the ends of what there is. One seed, one sequence.</summary>
internal sealed class Nasty(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "\t\r\n", "a\0b", "\0", "Hej \ud83d", "\udc00x", "A\u030Asa O\u0308berg", "\ufeffBOM", "\u202Eomvänt", "😀😀", "%00", "%", "_", "\\", "'; DROP TABLE cases; --",
        "../../etc/x", "a/b", "a\\b", "{{", "{ärendenummer}", "<script>alert(1)</script>", "null", "true", "NaN", "-", "+46 70", "19121212-1212", "191212121212",
        "121212+1212", "191500882392", "20121212-K123", "onk1", "onk1.mott.a", "Onkologimottagning 1", "Onkologimottagning O\u0308stra", "onk-arende", "Fördela ärende",
        "Besvara själv", "Svar", "admin", "$", "$.a", "[0]", "\u2028", "\x7f", "\x1b[31m", "a\u0000\ud800", "ﷺ", "ß", "İ", "\ud83d\ude00\ud83d",
    ];

    private static readonly string[] Dates =
    [
        "9999-12-31", "0001-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-13-01", "2/4/2026 10:00", "2026-03-29T02:30", "2026-10-25T02:30",
        "2026-04-02T14:00:00+02:00", "2026-04-03", "14:00", "24:00", "25:61", "now", "i dag", "1e9", "10000-01-01", "-0001-01-01", "2026-04-02T10:00:00.123456789Z", "P1D", "2027-06-30T22:00:00Z",
    ];

    private static readonly string[] Numbers =
        ["0", "-0", "1", "-1", "3", "50", "1e30", "1e400", "-1e400", "100000000000000000000", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "0.1", "1.5e-320", "12345678901234567890.123456789"];

    private readonly Random _random = new(seed);

    public bool Chance(double share) => _random.NextDouble() < share;

    public int Number(int below) => _random.Next(below);

    public T Any<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    public string Text() => _random.Next(12) switch
    {
        0 => Any(Dates),
        1 => Any(Numbers),
        2 => new string(Any(["a", "å", "\u0301", " ", "[", "(", "{", "\"", "%"])[0], Any([10, 200, 4_000, 20_000])),
        3 => string.Concat(Enumerable.Range(0, _random.Next(1, 30)).Select(_ => (char)_random.Next(0x10000))),
        4 => Any(Texts) + Any(Texts),
        5 => Guid.NewGuid().ToString(),
        _ => Any(Texts),
    };

    /// <summary>As it stands on the wire: half surrogates and control characters as escapes, numbers that no type holds, a name twice.</summary>
    public string Json(int depth = 4) => _random.Next(depth <= 0 ? 6 : 9) switch
    {
        0 => "null",
        1 => Chance(0.5) ? "true" : "false",
        2 or 3 => Any(Numbers) is var n && n.StartsWith('+') ? "1" : n,
        4 or 5 => Quoted(Text()),
        6 => "[" + string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => Json(depth - 1))) + "]",
        7 when Chance(0.02) => new string('[', 5_000) + new string(']', 5_000),
        _ => "{" + string.Join(',', Enumerable.Range(0, _random.Next(5)).Select(_ => Quoted(Text()) + ":" + Json(depth - 1))) + "}",
    };

    /// <summary>A sound document with something wrong in it: another kind, a nasty value, a field more, one less, one twice.</summary>
    public string Mutated(JsonNode sound, double share = 0.25)
    {
        var text = new StringBuilder();
        Write(sound, text, share);
        return text.ToString();
    }

    private void Write(JsonNode? node, StringBuilder to, double share)
    {
        if (Chance(share / 4))
        {
            to.Append(Json(2));
            return;
        }

        switch (node)
        {
            case JsonObject o:
                var first = true;
                to.Append('{');
                foreach (var (name, value) in o)
                {
                    if (Chance(share / 5)) continue;
                    for (var i = Chance(share / 10) ? 2 : 1; i > 0; i--)
                    {
                        if (!first) to.Append(',');
                        first = false;
                        to.Append(Quoted(name)).Append(':');
                        Write(value, to, share);
                    }
                }

                if (Chance(share / 5)) to.Append(first ? "" : ",").Append(Quoted(Text())).Append(':').Append(Json(2));
                to.Append('}');
                break;
            case JsonArray a:
                to.Append('[');
                for (var i = 0; i < a.Count; i++)
                {
                    if (i > 0) to.Append(',');
                    Write(a[i], to, share);
                }

                to.Append(']');
                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String && Chance(share):
                to.Append(Quoted(Chance(0.3) ? v.GetValue<string>() + Any(Texts) : Text()));
                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.Number && Chance(share):
                to.Append(Any(Numbers));
                break;
            default:
                to.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    /// <summary>A JSON string with everything unusual escaped, half surrogate pairs too, which no serializer would write.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\x7f') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
