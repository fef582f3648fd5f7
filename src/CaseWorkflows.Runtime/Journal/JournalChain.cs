using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CaseWorkflows.Runtime;

/// <summary>How rows of an append-only stream are chained. For other modules' streams too.</summary>
public static class JournalChain
{
    /// <summary>Length of a salt; it is thrown away with the data, and then the digest cannot be guessed back.</summary>
    public const int SaltLength = 16;

    /// <summary>SHA-256 over the hash before (none for the first) and everything that a row says.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, Guid stream, int sequence, int entries, DateTimeOffset at, ReadOnlySpan<byte> data, ReadOnlySpan<byte> payloadDigest)
    {
        Span<byte> head = stackalloc byte[16 + 4 + 4 + 8 + 4];
        stream.TryWriteBytes(head, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(head[16..], sequence);
        BinaryPrimitives.WriteInt32BigEndian(head[20..], entries);
        BinaryPrimitives.WriteInt64BigEndian(head[24..], Microseconds(at));
        BinaryPrimitives.WriteInt32BigEndian(head[32..], data.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(head);
        hash.AppendData(data);
        hash.AppendData(payloadDigest);
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 over salt and payload.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(payload);
        return hash.GetHashAndReset();
    }

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>The database keeps microseconds; what is hashed must survive the way there and back.</summary>
    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
