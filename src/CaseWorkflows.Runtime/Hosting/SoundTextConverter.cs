#pragma warning disable NPG9001 // As in SoundTextTypes.
using System.Buffers;
using System.Text;
using CaseWorkflows.Engine.Text;
using Npgsql.Internal;

namespace CaseWorkflows.Runtime;

/// <summary>Writes text in sound form, and reads it as it is.</summary>
internal sealed class SoundTextConverter(Encoding encoding, bool json) : PgStreamingConverter<string>
{
    public override bool CanConvert(DataFormat format, out BufferRequirements bufferRequirements)
    {
        // Written as text, for binary jsonb has a version in front; read as either, as the server sends it.
        bufferRequirements = BufferRequirements.None;
        return true;
    }

    public override string Read(PgReader reader) => encoding.GetString(WithoutVersion(reader.ReadBytes(reader.CurrentRemaining)));

    public override async ValueTask<string> ReadAsync(PgReader reader, CancellationToken cancellationToken = default) =>
        encoding.GetString(WithoutVersion(await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken)));

    // JSON never begins with this byte.
    private ReadOnlySequence<byte> WithoutVersion(ReadOnlySequence<byte> bytes) =>
        json && !bytes.IsEmpty && bytes.FirstSpan[0] == JsonbVersion ? bytes.Slice(1) : bytes;

    private const byte JsonbVersion = 1;

    public override Size GetSize(SizeContext context, string value, ref object? writeState)
    {
        var bytes = encoding.GetBytes(json ? OutsideJson.Sound(value) : SoundText.Of(value));
        writeState = bytes;
        return bytes.Length;
    }

    public override void Write(PgWriter writer, string value) => writer.WriteBytes((byte[])writer.Current.WriteState!);

    public override ValueTask WriteAsync(PgWriter writer, string value, CancellationToken cancellationToken = default) =>
        writer.WriteBytesAsync((byte[])writer.Current.WriteState!, cancellationToken);
}
