using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Text;

/// <summary>
/// Text that can be stored, sent and compared: composed form (NFC), no half surrogate pair, no U+0000. What comes from outside is
/// made sound where it enters; what is bound to a statement is made sound once more, so that nothing else reaches the encoder.
/// </summary>
public static class SoundText
{
    /// <summary>Stands for what cannot be kept.</summary>
    public const char Replacement = '\uFFFD';

    /// <summary>After so many combining marks in a row a joiner is put in, as Unicode's stream-safe form does: sorting them takes square time.</summary>
    private const int MostMarks = 30;

    private const char Joiner = '\u034F';

    /// <summary>Composed already, none of them a combining mark: nearly all Swedish text.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(1, 0x2FF).Select(i => (char)i)]);

    /// <summary>What people and systems are told who send a U+0000: PostgreSQL keeps none.</summary>
    public const string NullRefused = "Texten innehåller ett tecken som inte kan sparas (U+0000).";

    /// <summary>True when <see cref="Of(string)"/> would change nothing.</summary>
    public static bool IsSound(string text) => ReferenceEquals(Of(text), text);

    /// <summary>Nothing in it is seen: blanks, and characters without width or ink.</summary>
    public static bool IsBlank([NotNullWhen(false)] string? text) =>
        text is null || text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control);

    public static bool HasNull(string? text) => text?.Contains('\0') == true;

    /// <summary>The text in sound form; the same object when it is sound. A U+0000, half a pair and U+FFFE become U+FFFD.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text;
        var sound = Composed(Encodable(text));
        return string.Equals(sound, text, StringComparison.Ordinal) ? text : sound;
    }

    /// <summary>As <see cref="Of(string)"/>, but a U+0000 stays for those who answer with the field's name.</summary>
    public static string KeepingNull(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('\0') ? string.Join('\0', text.Split('\0').Select(Of)) : Of(text);
    }

    /// <summary>True when both are the same text, however they were composed.</summary>
    public static bool Same(string? a, string? b, StringComparison comparison = StringComparison.Ordinal) =>
        a is null || b is null ? ReferenceEquals(a, b) : string.Equals(Of(a), Of(b), comparison);

    /// <summary>
    /// Every text in a document, property names too, in sound form; the same node when all are. Of two properties that become one,
    /// the last stays. JSON text is read by <see cref="OutsideJson"/> instead: the library's own reader gives up at half a pair.
    /// </summary>
    public static JsonNode? Of(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                Mend(o);
                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                    if (Of(a[i]) is var item && !ReferenceEquals(item, a[i])) a[i] = item;
                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() is var text && Of(text) is var sound && !ReferenceEquals(sound, text):
                return JsonValue.Create(sound);
        }

        return node;
    }

    private static void Mend(JsonObject o)
    {
        if (o.All(p => IsSound(p.Key)))
        {
            foreach (var (name, value) in o.ToList())
                if (Of(value) is var mended && !ReferenceEquals(mended, value)) o[name] = mended;
            return;
        }

        var properties = o.ToList();
        o.Clear();
        foreach (var (name, value) in properties) o[Of(name)] = Of(value);
    }

    private static string Encodable(string text)
    {
        var at = FirstUnencodable(text);
        if (at < 0) return text;
        var chars = text.ToCharArray();
        for (; at < chars.Length; at++)
        {
            if (char.IsHighSurrogate(chars[at]) && at + 1 < chars.Length && char.IsLowSurrogate(chars[at + 1])) at++;
            else if (char.IsSurrogate(chars[at]) || chars[at] is '\0' or '\uFFFE') chars[at] = Replacement;
        }

        return new string(chars);
    }

    private static int FirstUnencodable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i]) || text[i] is '\0' or '\uFFFE') return i;
        }

        return -1;
    }

    private static string Composed(string text)
    {
        // Composing splits a few characters into marks, so it may take a second turn; never more than a few.
        while (true)
        {
            var bounded = Bounded(text);
            if (ReferenceEquals(bounded, text) && text.IsNormalized()) return text;
            text = bounded.Normalize();
        }
    }

    private static string Bounded(string text)
    {
        StringBuilder? result = null;
        var marks = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            marks = text[i] != Joiner && IsMark(CharUnicodeInfo.GetUnicodeCategory(text, i)) ? marks + 1 : 0;
            if (marks > MostMarks)
            {
                result ??= new StringBuilder(text, 0, i, text.Length + 16);
                result.Append(Joiner);
                marks = 1;
            }

            result?.Append(text, i, length);
            i += length - 1;
        }

        return result?.ToString() ?? text;
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
