using System.Buffers.Binary;
using System.Globalization;

namespace CaseWorkflows.Engine.Execution;

/// <summary>Ids inside an instance: 16 hex digits that follow from the instance and a running number, the same when a burst is run again.</summary>
internal static class InstanceIds
{
    public static ulong Seed(Guid instanceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        instanceId.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }

    public static string Of(Guid instanceId, long number) => Of(Seed(instanceId), number);

    public static string Of(ulong seed, long number)
    {
        var z = seed + (0x9E3779B97F4A7C15UL * (ulong)number);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        return z.ToString("x16", CultureInfo.InvariantCulture);
    }
}
