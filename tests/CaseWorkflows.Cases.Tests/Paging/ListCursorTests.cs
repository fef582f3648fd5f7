using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Paging;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Cases.Tests.Paging;

public sealed class ListCursorTests
{
    private const string List = "tasks\nperson\n{}";

    [Fact]
    public void F_6_a_cursor_comes_back_as_it_was_given_out_and_counts_what_was_not_shown() =>
        Prop.ForAll(Gen.Choose(1, 60).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (shown, unseen) =>
        {
            var pages = Enumerable.Range(0, shown).Select(_ => Guid.CreateVersion7()).Chunk(7).ToList();
            string? text = null;
            Place? last = null;
            foreach (var page in pages) text = ListCursor<Place>.Next(ListCursor<Place>.Read(text, List), page, last = new Place(DateTimeOffset.UtcNow, page[^1]), List);
            var cursor = ListCursor<Place>.Read(text, List)!;
            var ahead = pages.SelectMany(p => p).Skip(shown / 3).Concat(Enumerable.Range(0, unseen).Select(_ => Guid.CreateVersion7())).ToList();
            return cursor.Place == last && cursor.Shown == shown && cursor.MovedAmong(ahead) == unseen && text!.Length < 500;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void F_6_after_very_many_rows_it_still_fits_into_an_address()
    {
        string? text = null;
        for (var page = 0; page < 12; page++)
        {
            text = ListCursor<Place>.Next(ListCursor<Place>.Read(text, List), Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()), new Place(default, default), List);
            text.Length.Should().BeLessThan(5_000);
        }

        ListCursor<Place>.Read(text, List)!.MovedAmong([.. Enumerable.Range(0, 2_407).Select(_ => Guid.NewGuid())]).Should().Be(7);
    }

    [Fact]
    public void F_6_no_other_text_is_a_cursor()
    {
        var own = ListCursor<Place>.Next(null, [Guid.NewGuid()], new Place(default, default), List);
        Refused(own, "tasks\nanother\n{}").Should().BeTrue();
        Refused(own[..^1], List).Should().BeTrue();
        Refused(own + "AAAA", List).Should().BeTrue();
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => string.IsNullOrEmpty(text) || Refused(text, List)).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => bytes.Length == 0 || Refused(System.Buffers.Text.Base64Url.EncodeToString(bytes), List)).QuickCheckThrowOnFailure();
        // Bent behind what binds it: a place or a refusal, and nothing else.
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(own);
            bytes[random.Next(9, bytes.Length)] = (byte)random.Next(256);
            try
            {
                ListCursor<Place>.Read(System.Buffers.Text.Base64Url.EncodeToString(bytes), List);
            }
            catch (ValidationFailedException)
            {
            }
        }
    }

    private static bool Refused(string text, string list)
    {
        try
        {
            return ListCursor<Place>.Read(text, list) is null;
        }
        catch (ValidationFailedException fault)
        {
            return fault.Errors.ContainsKey("cursor");
        }
    }

    internal sealed record Place(DateTimeOffset At, Guid Id);
}
