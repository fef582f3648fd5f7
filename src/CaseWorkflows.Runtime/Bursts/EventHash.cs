using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime;

/// <summary>What a bookmark is looked up by: name and key in eight bytes. Stored: changing it orphans waiting instances.</summary>
internal static class EventHash
{
    /// <summary>The bookmark name of steps that wait for an event.</summary>
    public const string EventBookmark = "Event";

    public static long Of(string name, string key) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(SoundText.Of($"{name}\n{key}"))));

    public static long OfEvent(string eventName) => Of(EventBookmark, eventName);
}
