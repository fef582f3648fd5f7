using System.Text;
using CaseWorkflows.Engine.Text;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace CaseWorkflows.Engine.Expressions;

/// <content>Texts: what grows, searches or replaces in one.</content>
internal sealed partial class ScriptNatives
{
    private void Texts(ObjectInstance text)
    {
        Put(text, "concat", Native("concat", (self, a) => Joined([self, .. a])));
        Put(text, "repeat", Native("repeat", (self, a) => Repeat(Text(self), TypeConverter.ToIntegerOrInfinity(At(a, 0)))));
        Put(text, "padStart", Native("padStart", (self, a) => Pad(self, a) is var (s, pad) ? pad + s : ""));
        Put(text, "padEnd", Native("padEnd", (self, a) => Pad(self, a) is var (s, pad) ? s + pad : ""));
        foreach (var name in (string[])["indexOf", "lastIndexOf", "includes", "split"]) Searching(text, name);
        foreach (var name in (string[])["replace", "replaceAll"]) Replacing(text, name);
        foreach (var name in (string[])["match", "matchAll", "search"]) Matching(text, name);
        Put(text, "localeCompare", Native("localeCompare", (self, a) =>
            Math.Sign(Swedish.CompareInfo.Compare(SoundText.Of(Text(self, MaxCompare)), SoundText.Of(Text(At(a, 0), MaxCompare))))));
        Put(text, "normalize", Native("normalize", (self, a) => Normalized(Text(self, MaxCompare), At(a, 0))));
    }

    private static JsValue Normalized(string text, JsValue form)
    {
        // Sound text has few marks in a row: sorting many of them takes square time.
        var sound = SoundText.Of(text);
        return (form.IsUndefined() ? "NFC" : Text(form, 10)) switch
        {
            "NFD" => sound.Normalize(NormalizationForm.FormD),
            "NFKC" => sound.Normalize(NormalizationForm.FormKC),
            "NFKD" => sound.Normalize(NormalizationForm.FormKD),
            _ => sound,
        };
    }

    private JsValue Joined(JsValue[] parts)
    {
        _engine.Constraints.Check();
        var result = new StringBuilder();
        foreach (var part in parts)
        {
            CheckNowAndThen();
            result.Append(Text(part));
            if (result.Length > MaxText) throw Stop(TooLong);
        }

        return result.ToString();
    }

    private JsValue Repeat(string text, double times)
    {
        _engine.Constraints.Check();
        if (times < 0) throw Stop("repeat kan inte upprepa ett negativt antal gånger.");
        if (text.Length == 0) return "";
        if (times * text.Length > MaxText) throw Stop(TooLong);
        return new StringBuilder(text.Length * (int)times).Insert(0, text, (int)times).ToString();
    }

    private (string Text, string Padding) Pad(JsValue self, JsValue[] a)
    {
        _engine.Constraints.Check();
        var text = Text(self);
        var length = TypeConverter.ToIntegerOrInfinity(At(a, 0));
        var fill = At(a, 1).IsUndefined() ? " " : Text(At(a, 1));
        if (length > MaxText) throw Stop(TooLong);
        var missing = (int)Math.Max(0, length) - text.Length;
        if (missing <= 0 || fill.Length == 0) return (text, "");
        return (text, string.Concat(Enumerable.Repeat(fill, (missing / fill.Length) + 1))[..missing]);
    }

    /// <summary>A text that is searched for in a text: looking at each place for nearly all of it takes square time.</summary>
    private void Searching(ObjectInstance text, string name)
    {
        var native = text.Get(name);
        Put(text, name, Native(name, (self, a) =>
        {
            if (At(a, 0) is not ObjectInstance)
            {
                var (length, sought) = ((long)Text(self).Length, (long)Text(At(a, 0)).Length);
                if (length * Math.Min(sought, length) > MaxCompared) throw Stop(TooLong);
            }

            return native.Call(self, a);
        }));
    }

    /// <summary>The replacement is made for each match in turn, so that the result is counted as it grows.</summary>
    private void Replacing(ObjectInstance holder, JsValue name)
    {
        var native = holder.Get(name);
        Put(holder, name, Native(name.ToString(), (self, a) =>
        {
            var (sought, by) = name.IsString() ? (At(a, 0), At(a, 1)) : (JsValue.Undefined, At(a, 1));
            if (name.IsString() && sought is not ObjectInstance && (long)Text(self).Length * Math.Min(Text(sought).Length, Text(self).Length) > MaxCompared) throw Stop(TooLong);
            return native.Call(self, [At(a, 0), Counted(by)]);
        }));
    }

    private ClrFunction Counted(JsValue replacement)
    {
        var template = replacement.IsCallable() ? null : Text(replacement);
        var total = 0L;
        return Native("", (_, a) =>
        {
            _engine.Constraints.Check();
            var text = template is null ? Text(replacement.Call(JsValue.Undefined, a)) : Substituted(template, a);
            total += text.Length;
            return total > MaxText ? throw Stop(TooLong) : text;
        });
    }

    /// <summary>The replacement text with <c>$1</c>, <c>$&amp;</c> and their like filled in; the arguments are those of a replacing function.</summary>
    private static string Substituted(string template, JsValue[] a)
    {
        if (!template.Contains('$')) return template;
        var groups = a[^1] as ObjectInstance;
        var texts = a[..(groups is null ? ^0 : ^1)];
        var (match, text, position) = (Text(texts[0]), Text(texts[^1]), (int)TypeConverter.ToNumber(texts[^2]));
        var captures = texts[1..^2];
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var (used, filled) = template[i] == '$' ? Filled(template.AsSpan(i + 1)) : (0, null);
            if (filled is null) result.Append(template[i]);
            else result.Append(filled);
            i += used;
            if (result.Length > MaxText) throw Stop(TooLong);
        }

        return result.ToString();

        (int Used, string? Filled) Filled(ReadOnlySpan<char> rest) => rest switch
        {
            ['$', ..] => (1, "$"),
            ['&', ..] => (1, match),
            ['`', ..] => (1, text[..position]),
            ['\'', ..] => (1, text[Math.Min(text.Length, position + match.Length)..]),
            [>= '0' and <= '9', >= '0' and <= '9', ..] when Capture((10 * (rest[0] - '0')) + rest[1] - '0') is { } two => (2, two),
            [>= '0' and <= '9', ..] => Capture(rest[0] - '0') is { } one ? (1, one) : (0, null),
            ['<', ..] when groups is not null && rest.IndexOf('>') is > 0 and var end =>
                (end + 1, groups.Get(rest[1..end].ToString()) is var named && named.IsUndefined() ? "" : Text(named)),
            _ => (0, null),
        };

        string? Capture(int number) => number < 1 || number > captures.Length ? null : captures[number - 1].IsUndefined() ? "" : Text(captures[number - 1]);
    }
}
