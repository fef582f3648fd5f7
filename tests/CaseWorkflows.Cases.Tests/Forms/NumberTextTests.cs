using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Forms;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("1e3", "1000")]
    [InlineData("-0", "0")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("1e30", null)]
    [InlineData("100000000000000000000", null)]
    [InlineData("1e400", null)]
    [InlineData("-1e400", null)]
    [InlineData("\"1,5\"", "1.5")]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("\" 1 000,5 \"", "1000.5")]
    [InlineData("\"1\\u00a0000\"", "1000")]
    [InlineData("\"\\u22125\"", "-5")]
    [InlineData("\",5\"", "0.5")]
    [InlineData("\"10 00\"", null)]
    [InlineData("\"1.000,5\"", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"Infinity\"", null)]
    [InlineData("\"1e3\"", null)]
    [InlineData("\"0x10\"", null)]
    [InlineData("\"tolv\"", null)]
    [InlineData("\"٣\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("true", null)]
    [InlineData("{}", null)]
    [InlineData("[1]", null)]
    [InlineData("null", null)]
    public void F_2_a_number_is_read_exactly_or_not_at_all(string json, string? number) =>
        NumberText.Decimal(JsonNode.Parse(json)).Should().Be(number is null ? null : decimal.Parse(number, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("\"3\"", 3)]
    [InlineData("3.5", null)]
    [InlineData("0", null)]
    [InlineData("13", null)]
    [InlineData("2147483648", null)]
    [InlineData("99999999999999999999", null)]
    public void F_2_a_whole_number_keeps_its_limits(string json, int? number) => NumberText.Integer(JsonNode.Parse(json), 1, 12).Should().Be(number);

    [Fact]
    public void F_2_every_written_number_is_the_one_that_counting_with_whole_numbers_gives()
    {
        var numbers = Gen.Choose(1, 20).SelectMany(n => Gen.Choose(0, 9).ArrayOf(n), (_, digits) => string.Concat(digits))
            .SelectMany(_ => Gen.Choose(0, 8).SelectMany(n => Gen.Choose(0, 9).ArrayOf(n)), (whole, parts) => (whole, parts: string.Concat(parts)))
            .SelectMany(_ => Gen.Elements("", "-", "+"), (t, sign) => (t.whole, t.parts, sign));
        Prop.ForAll(numbers.ToArbitrary(), t =>
        {
            var scale = BigInteger.Pow(10, t.parts.Length);
            var units = BigInteger.Parse(t.whole + t.parts, CultureInfo.InvariantCulture) * (t.sign == "-" ? -1 : 1);
            var expected = BigInteger.Abs(units) > 999_999_999_999_999 * scale ? (decimal?)null : (decimal)units / (decimal)scale;
            return NumberText.Decimal($"{t.sign}{t.whole}{(t.parts.Length == 0 ? "" : ",")}{t.parts}") == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void F_2_no_text_throws() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => NumberText.Decimal(text) is null or <= 999_999_999_999_999m).QuickCheckThrowOnFailure();
}
