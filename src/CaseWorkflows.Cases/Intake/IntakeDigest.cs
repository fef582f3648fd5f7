using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Intake;

/// <summary>
/// What tells one message from another: who writes about whom, to which unit, and what. When it arrived and how it was sorted is not part of it:
/// a sender may say that anew when it repeats itself.
/// </summary>
internal static class IntakeDigest
{
    public static byte[] Of(CaseDraft draft, string? subject, string? text)
    {
        var contents = new JsonObject
        {
            ["unit"] = draft.Unit.Id, ["caseType"] = draft.Type.Code, ["subject"] = subject, ["text"] = text,
            ["patient"] = JsonSerializer.SerializeToNode(draft.Patient, DomainJson.Options), ["sender"] = JsonSerializer.SerializeToNode(draft.Sender, DomainJson.Options),
            ["fields"] = Sorted(draft.Fields),
            ["attachments"] = new JsonArray([.. draft.Attachments.Select(a => (JsonNode)$"{a.Name} {a.ContentType} {Convert.ToHexStringLower(SHA256.HashData(a.Content))}")])
        };
        return SHA256.HashData(Encoding.UTF8.GetBytes(contents.ToJsonString(DomainJson.Options)));
    }

    // The order of properties says nothing.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone()
    };
}
