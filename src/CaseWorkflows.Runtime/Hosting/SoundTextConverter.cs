#pragma warning disable NPG9001 // As in SoundTextTypes.
using System.Buffers;
using System.Text;
using CaseWorkflows.Engine.Text;
using Npgsql.Internal;

namespace CaseWorkflows.Runtime;

/// <summary>Writes text in sound form, and reads it as it is.</summary>
/// <param name="json">The text is JSON.</param>
/// <param name="versioned">Its binary form has a version in front: jsonb.</param>
internal sealed class SoundTextConverter(Encoding encoding, bool json, bool versioned) : PgStreamingConverter<string>
{
    private const byte Version = 1;

    public override bool CanConvert(DataFormat format, out BufferRequirements bufferRequirements)
    {
        bufferRequirements = BufferRequirements.None;
        return true;
    }

    public override string Read(PgReader reader) => Text(reader.ReadBytes(reader.CurrentRemaining), reader.Current.Format);

    public override async ValueTask<string> ReadAsync(PgReader reader, CancellationToken cancellationToken = default)
    {
        var format = reader.Current.Format;
        return Text(await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken), format);
    }

    public override Size GetSize(SizeContext context, string value, ref object? writeState)
    {
        var sound = json ? OutsideJson.Sound(value) : SoundText.Of(value);
        byte[] bytes = versioned && context.Format == DataFormat.Binary ? [Version, .. encoding.GetBytes(sound)] : encoding.GetBytes(sound);
        writeState = bytes;
        return bytes.Length;
    }

    public override void Write(PgWriter writer, string value) => writer.WriteBytes((byte[])writer.Current.WriteState!);

    public override ValueTask WriteAsync(PgWriter writer, string value, CancellationToken cancellationToken = default) =>
        writer.WriteBytesAsync((byte[])writer.Current.WriteState!, cancellationToken);

    private string Text(ReadOnlySequence<byte> bytes, DataFormat format) =>
        encoding.GetString(versioned && format == DataFormat.Binary ? bytes.Slice(1) : bytes);
}
