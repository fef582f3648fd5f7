using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Engine.Tests;

/// <summary>F-1 and F-2: JSON from outside is sound, or refused with its fields; and nothing well formed is read otherwise than by the library.</summary>
public sealed class OutsideJsonTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void F_2_what_is_well_formed_is_read_as_the_library_reads_it() => Prop.ForAll(Seeds, seed =>
    {
        var json = Random(new Random(seed), 0);
        return JsonNode.DeepEquals(OutsideJson.Parse(json), JsonNode.Parse(json));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void F_2_what_is_damaged_is_refused_as_the_library_refuses_it() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Random(random, 0));
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = "\"{}[],:\\0ue-. \n"u8[random.Next(15)];
        var ours = Try(() => OutsideJson.Parse(bytes));
        var theirs = Try(() => JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }));
        // An escape may be one that only we refuse (a null) or only the library (half a pair), and it reads no text's bytes before it must.
        return !System.Text.Unicode.Utf8.IsValid(bytes) || Encoding.UTF8.GetString(bytes).Contains("\\u", StringComparison.Ordinal) || ours == theirs;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void F_1_halves_become_replacements_and_names_are_composed()
    {
        var read = (JsonObject)OutsideJson.Parse("""{"subject":"Hej \ud83d","A\u030Asa":"O\u0308 \ud83d\ude00 \\ud83d \/","x\ude00":["\ude00\ud83d"]}""")!;
        var expected = new JsonObject { ["subject"] = "Hej \uFFFD", ["Åsa"] = "Ö 😀 \\ud83d /", ["x\uFFFD"] = new JsonArray("\uFFFD\uFFFD") };
        JsonNode.DeepEquals(read, expected).Should().BeTrue(read.ToJsonString());
    }

    [Fact]
    public void F_1_every_null_is_told_with_its_field()
    {
        var refused = FluentActions.Invoking(() => OutsideJson.Parse("""{"subject":"a\u0000b","patient":{"name":"\u0000","x":[1,{"y":"\u0000"}]},"n\u0000":1}"""))
            .Should().Throw<OutsideJsonException>().Which;
        refused.Errors.Keys.Should().BeEquivalentTo("subject", "patient.name", "patient.x[1].y", "$");
        refused.Errors.Values.Should().OnlyContain(m => m.Length == 1 && m[0] == SoundText.NullRefused);
        OutsideJson.Parse("""{"userName":"a\u0000"}""", new() { MendNull = true })!["userName"]!.GetValue<string>().Should().Be("a\uFFFD");
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":1,"c":2},"a":2}""", "a", "b.c")]
    [InlineData("""{"Å":1,"A\u030A":2}""", "Å")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    public void F_2_a_name_that_occurs_twice_is_refused(string json, params string[] fields) =>
        FluentActions.Invoking(() => OutsideJson.Parse(json)).Should().Throw<OutsideJsonException>().Which.Errors.Keys.Should().BeEquivalentTo(fields);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("/* */ {}")]
    [InlineData("{\"a\":\"\\ud83\"}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("NaN")]
    public void F_2_what_is_no_json_is_refused_with_its_place(string json) =>
        FluentActions.Invoking(() => OutsideJson.Parse(json)).Should().Throw<OutsideJsonException>().Which.Errors.Should().ContainKey("$").WhoseValue[0].Should().Contain("rad 1");

    [Fact]
    public void F_2_odd_bytes_depth_and_endless_numbers_are_refused()
    {
        Message([.. "{\"a\":\""u8, 0xFF, 0xFE, .. "\"}"u8]).Should().Contain("UTF-8");
        Message(Encoding.Unicode.GetBytes("\uFEFF{}")).Should().Contain("UTF-8");
        Message(Encoding.UTF8.GetBytes(new string('[', 100_000))).Should().Contain("64 nivåer");
        FluentActions.Invoking(() => OutsideJson.Parse("{\"n\":" + new string('9', 100_000) + "}")).Should().Throw<OutsideJsonException>().Which.Errors.Should().ContainKey("n");
        OutsideJson.Parse("\uFEFF{\"a\":1}"u8)!["a"]!.GetValue<int>().Should().Be(1);
        OutsideJson.Parse("// hej\n{\"a\":[1,],}", new() { Lenient = true })!["a"]!.AsArray().Should().HaveCount(1);
        OutsideJson.Parse("null").Should().BeNull();
    }

    private static string Message(byte[] bytes) =>
        FluentActions.Invoking(() => OutsideJson.Parse(bytes)).Should().Throw<OutsideJsonException>().Which.Errors["$"][0];

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Random(Random random, int depth) => random.Next(depth > 4 ? 5 : 8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => $"{random.Next(100)}.{random.Next(100)}e{random.Next(-20, 20)}",
        4 => Word(random),
        5 => "[" + string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Random(random, depth + 1))) + "]",
        _ => "{" + string.Join(",\n", Enumerable.Range(0, random.Next(4)).Select(i => Word(random, i) + ":" + Random(random, depth + 1))) + "}",
    };

    private static string Word(Random random, int? number = null) =>
        "\"" + number + string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => new[] { "a", "å", "Ö", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e5", "\\ud83d\\ude00", " " }[random.Next(11)])) + "\"";
}
