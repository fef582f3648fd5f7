using System.Buffers.Binary;
using System.Text;

namespace CaseWorkflows.Runtime;

/// <summary>Reads what <see cref="CompactWriter"/> wrote.</summary>
internal ref struct CompactReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<string> _seen = [];
    private int _at;

    public CompactReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public byte Byte() => _bytes[_at++];

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return (long)value;
        }
    }

    public DateTimeOffset Instant()
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(_bytes[_at..]);
        _at += 8;
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = _bytes.Slice(_at, length);
        _at += length;
        return bytes;
    }

    public string? Text()
    {
        var code = (int)Number();
        switch (code)
        {
            case 0:
                return null;
            case 1:
                var text = Encoding.UTF8.GetString(Bytes((int)Number()));
                _seen.Add(text);
                return text;
            default:
                code -= 2;
                return code < JournalDictionary.Count ? JournalDictionary.Get(code) : _seen[code - JournalDictionary.Count];
        }
    }
}
