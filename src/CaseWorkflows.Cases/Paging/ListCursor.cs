using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Paging;

/// <summary>
/// Where somebody stands in a list: a place in its order, not a number of rows, so that what comes and goes before it moves nothing after it. It also
/// carries a mark of each row that was shown, by which what stands before the place without having been shown can be counted. Opaque outside, and
/// good for one person and one list with its filters only. Nothing in it is secret or trusted: what a person may see is asked anew for every page.
/// </summary>
/// <typeparam name="TPlace">The last shown row's values of what the list is ordered by.</typeparam>
internal sealed class ListCursor<TPlace>
    where TPlace : class
{
    public const string Fault = "Listans fortsättning känns inte igen. Börja om från listans början.";

    /// <summary>Rows whose marks fit into an address.</summary>
    public const int MostMarks = 1_000;

    /// <summary>More rows than that are not looked at to count those that moved.</summary>
    public const int MostAhead = 10_000;

    private const byte Format = 1;
    private const int BindingLength = 8;
    private const int MarkLength = 3;
    private const int LongestText = 8_000;

    private static readonly JsonSerializerOptions PlaceJson = new(DomainJson.Options) { Converters = { new UniversalTime() } };

    private readonly IReadOnlyList<int> _marks;

    private ListCursor(TPlace place, int shown, IReadOnlyList<int> marks)
    {
        Place = place;
        Shown = shown;
        _marks = marks;
    }

    public TPlace Place { get; }

    /// <summary>Rows on the pages so far.</summary>
    public int Shown { get; }

    /// <param name="text">As it was given out; empty = the beginning of the list.</param>
    /// <param name="list">See <see cref="NameOf"/>.</param>
    /// <exception cref="ValidationFailedException">It is not ours, another person's, or another list's.</exception>
    public static ListCursor<TPlace>? Read(string? text, string list)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            if (text.Length <= LongestText && Parse(text, list) is { } cursor) return cursor;
        }
        catch (Exception e) when (e is FormatException or JsonException or EndOfStreamException or DecoderFallbackException or IOException)
        {
        }

        throw new ValidationFailedException("cursor", Fault);
    }

    /// <summary>For the page after this one.</summary>
    /// <param name="before">The cursor that this page came from.</param>
    /// <param name="shown">The rows of this page.</param>
    /// <param name="last">The place of the last of them.</param>
    /// <param name="list">See <see cref="NameOf"/>.</param>
    public static string Next(ListCursor<TPlace>? before, IEnumerable<Guid> shown, TPlace last, string list)
    {
        var marks = shown.Select(Mark).ToList();
        var total = (before?.Shown ?? 0) + marks.Count;
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(Binding(list));
            writer.Write(JsonSerializer.Serialize(last, PlaceJson));
            writer.Write7BitEncodedInt(total);
            // All or none: with some of them missing, rows that were shown would be counted.
            foreach (var mark in total <= MostMarks ? [.. before?._marks ?? [], .. marks] : (List<int>)[])
            {
                writer.Write((byte)(mark >> 16));
                writer.Write((ushort)mark);
            }
        }

        return Base64Url.EncodeToString(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    /// <summary>How many of the rows that now stand at the place or before it were on none of the pages. At least so many, after very many rows.</summary>
    public int MovedAmong(IReadOnlyCollection<Guid> ahead)
    {
        if (Shown > MostMarks) return Math.Max(0, ahead.Count - Shown);
        var marks = _marks.ToHashSet();
        return ahead.Count(id => !marks.Contains(Mark(id)));
    }

    /// <summary>What tells one list from another: its kind, who asks, and what for.</summary>
    /// <param name="kind">Of the list.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="query">The filters, without cursor and page size.</param>
    public static string NameOf<TQuery>(string kind, Actor actor, TQuery query) => $"{kind}\n{actor.PersonId}\n{JsonSerializer.Serialize(query, DomainJson.Options)}";

    private static ListCursor<TPlace>? Parse(string text, string list)
    {
        using var memory = new MemoryStream(Base64Url.DecodeFromChars(text));
        using var reader = new BinaryReader(memory, new UTF8Encoding(false, throwOnInvalidBytes: true));
        if (reader.ReadByte() != Format || !reader.ReadBytes(BindingLength).AsSpan().SequenceEqual(Binding(list))) return null;
        if (JsonSerializer.Deserialize<TPlace>(reader.ReadString(), PlaceJson) is not { } place) return null;
        var shown = reader.Read7BitEncodedInt();
        var rest = memory.Length - memory.Position;
        if (shown <= 0 || rest != (shown <= MostMarks ? shown * MarkLength : 0)) return null;
        var marks = new int[rest / MarkLength];
        for (var i = 0; i < marks.Length; i++) marks[i] = (reader.ReadByte() << 16) | reader.ReadUInt16();
        return new ListCursor<TPlace>(place, shown, marks);
    }

    private static byte[] Binding(string list) => SHA256.HashData(Encoding.UTF8.GetBytes(list))[..BindingLength];

    // The end of an id is random.
    private static int Mark(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return (bytes[13] << 16) | (bytes[14] << 8) | bytes[15];
    }
}
