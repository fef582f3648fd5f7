#pragma warning disable NPG9001 // As in SoundTextTypes.
using System.Text;
using CaseWorkflows.Engine.Text;
using Npgsql.Internal;

namespace CaseWorkflows.Runtime;

/// <summary>Writes text in sound form, and reads it as it is.</summary>
internal sealed class SoundTextConverter(Encoding encoding, bool json) : PgStreamingConverter<string>
{
    public override bool CanConvert(DataFormat format, out BufferRequirements bufferRequirements)
    {
        bufferRequirements = BufferRequirements.None;
        // Binary jsonb has a version in front; its text has none.
        return format == DataFormat.Text || !json;
    }

    public override string Read(PgReader reader) => encoding.GetString(reader.ReadBytes(reader.CurrentRemaining));

    public override async ValueTask<string> ReadAsync(PgReader reader, CancellationToken cancellationToken = default) =>
        encoding.GetString(await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken));

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
