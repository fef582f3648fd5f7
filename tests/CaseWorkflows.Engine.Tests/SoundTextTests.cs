using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Engine.Tests;

/// <summary>F-1: what is stored, sent and compared is sound text, whatever came.</summary>
public sealed class SoundTextTests
{
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    // Halves, whole pairs, marks of several orders, composed and decomposed letters, letters that composing splits, noncharacters, controls.
    private static readonly string[] Pieces =
    [
        "a", "Å", "A\u030A", "O\u0308", "ö", "\u0308", "\u0323", "\u0301", "\u0344", "\u0F73", "\u0958", "\uFB2A", "\u1100", "\u1161", "\u11A8", "가", "\u2126", "ﬁ",
        "\ud83d", "\ude00", "😀", "\U0001D15E", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\u034F", "\u200D", "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF", "\uFDD0", " ", "\n",
    ];

    private static readonly Arbitrary<string> Texts =
        Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p)).ToArbitrary();

    [Fact]
    public void F_1_every_text_becomes_what_the_slow_way_gives() =>
        Prop.ForAll(Texts, text => SoundText.Of(text) == Slow(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void F_1_sound_text_can_be_encoded_and_stays_as_it_is() => Prop.ForAll(Texts, text =>
    {
        var sound = SoundText.Of(text);
        return ReferenceEquals(SoundText.Of(sound), sound) && SoundText.IsSound(sound) && !SoundText.HasNull(sound)
            && Strict.GetString(Strict.GetBytes(sound)) == sound && (SoundText.IsSound(text) == (sound == text));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void F_1_a_null_can_be_kept_for_the_one_who_answers() => Prop.ForAll(Texts, text =>
    {
        var kept = SoundText.KeepingNull(text);
        return kept.Count(c => c == '\0') == text.Count(c => c == '\0') && SoundText.Of(kept.Replace('\0', '\uFFFD')) == Slow(text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void F_1_rows()
    {
        // Not as attributes: those cannot hold half a pair.
        SoundText.Of("Hej \ud83d").Should().Be("Hej \uFFFD");
        SoundText.Of("\ude00 hej 😀").Should().Be("\uFFFD hej 😀");
        SoundText.Of("a\0b").Should().Be("a\uFFFDb");
        SoundText.Of("A\u030Asa O\u0308berg").Should().Be("Åsa Öberg");
        SoundText.Of("Onkologimottagning O\u0308stra").Should().Be("Onkologimottagning Östra");
    }

    [Fact]
    public void F_1_compared_text_is_the_same_however_it_was_composed()
    {
        SoundText.Same("A\u030Asa", "Åsa").Should().BeTrue();
        SoundText.Same("A\u030ASA", "åsa", StringComparison.OrdinalIgnoreCase).Should().BeTrue();
        SoundText.Same("Asa", "Åsa").Should().BeFalse();
        SoundText.Same(null, "Åsa").Should().BeFalse();
        SoundText.Same(null, null).Should().BeTrue();
    }

    [Fact]
    public void F_1_names_and_values_of_a_document_become_sound()
    {
        var node = JsonNode.Parse("""{"A\u030Asa":["x",{"y":"O\u0308"},1e400,true,null],"ren":"text"}""")!;
        SoundText.Of(node)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Should().Be("{\"Åsa\":[\"x\",{\"y\":\"Ö\"},1e400,true,null],\"ren\":\"text\"}");
        SoundText.Of(new JsonObject { ["x"] = "half \ud83d", ["a\0"] = 1 })!.ToJsonString().Should().Be("""{"x":"half \uFFFD","a\uFFFD":1}""");
        SoundText.Of(JsonValue.Create("O\u0308"))!.GetValue<string>().Should().Be("Ö");
    }

    [Fact]
    public void F_1_a_pile_of_marks_takes_no_square_time()
    {
        // The library's own composing takes most of a minute for this.
        var text = "a" + new string('\u0301', 160_000) + new string('\u0323', 160_000);
        var watch = Stopwatch.StartNew();
        var sound = SoundText.Of(text);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        sound.IsNormalized().Should().BeTrue();
        sound.Replace("\u034F", "").Length.Should().BeInRange(text.Length - 1, text.Length);
        ReferenceEquals(SoundText.Of(sound), sound).Should().BeTrue();
    }

    // One character at a time. Piles of marks have their own test: here none is high enough.
    private static string Slow(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var whole = i + 1 < text.Length && text[i] is >= '\uD800' and <= '\uDBFF' && text[i + 1] is >= '\uDC00' and <= '\uDFFF';
            if (whole) result.Append(text[i]).Append(text[++i]);
            else if (text[i] is (>= '\uD800' and <= '\uDFFF') or '\0' or '\uFFFE') result.Append('\uFFFD');
            else result.Append(text[i]);
        }

        return result.ToString().Normalize(NormalizationForm.FormC);
    }
}
