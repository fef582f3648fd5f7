using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CaseWorkflows.Runtime;

/// <summary>Variable-length numbers and strings; a string seen before is a reference.</summary>
internal sealed class CompactWriter
{
    private readonly ArrayBufferWriter<byte> _out = new(512);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public byte[] ToArray() => _out.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _out.GetSpan(1)[0] = value;
        _out.Advance(1);
    }

    public void Number(long value)
    {
        var v = (ulong)value;
        while (v >= 0x80)
        {
            Byte((byte)(v | 0x80));
            v >>= 7;
        }

        Byte((byte)v);
    }

    public void Instant(DateTimeOffset value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_out.GetSpan(8), value.UtcTicks);
        _out.Advance(8);
    }

    public void Bytes(ReadOnlySpan<byte> value) => _out.Write(value);

    /// <summary>0: null · 1: a new string follows · n+2: the n-th string of the dictionary, then of the row.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        if (JournalDictionary.Find(value) is { } known)
        {
            Number(known + 2);
            return;
        }

        if (_seen.TryGetValue(value, out var at))
        {
            Number(at + JournalDictionary.Count + 2);
            return;
        }

        _seen.Add(value, _seen.Count);
        Byte(1);
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, _out.GetSpan(length));
        _out.Advance(length);
    }
}
