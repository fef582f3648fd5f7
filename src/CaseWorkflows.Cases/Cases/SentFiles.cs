using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Reads files that come as <c>{name, contentType, base64}</c>. What is kept can be served back: a name without path, a media type that stands in a header.</summary>
public static partial class SentFiles
{
    /// <summary>A type that says nothing about the content.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>A list of such objects, or one; null is none.</summary>
    /// <param name="node">As it came.</param>
    /// <param name="field">Where faults are told.</param>
    /// <param name="fail">Takes each fault.</param>
    public static IReadOnlyList<AttachmentContent> Read(JsonNode? node, string field, Action<string, string> fail)
    {
        if (node is null) return [];
        var files = new List<AttachmentContent>();
        var items = node is JsonArray list ? list.ToList() : [node];
        if (items.Count > TextLimits.Files)
        {
            fail(field, JsonShape.TooMany(TextLimits.Files));
            return [];
        }

        foreach (var item in items)
        {
            if (item is not JsonObject file) fail(field, "En bilaga ska vara ett objekt med name, contentType och base64.");
            else if (ReadOne(file, field, fail) is { } read) files.Add(read);
        }

        return files;
    }

    /// <summary>True for a type that can be sent in a header as it is.</summary>
    public static bool CanServe(string contentType) => contentType.Length <= TextLimits.Name && MediaType().IsMatch(contentType);

    /// <summary>The file's name without folders and characters that are not seen; "fil" when nothing is left.</summary>
    public static string Named(string? name)
    {
        var last = SoundText.Of(name ?? "").Split('/', '\\')[^1];
        var kept = VisibleText.Of(last).Trim();
        return kept.Length == 0 ? "fil" : kept;
    }

    private static AttachmentContent? ReadOne(JsonObject file, string field, Action<string, string> fail)
    {
        var (name, type, base64) = (TextOf(file["name"]), TextOf(file["contentType"]), TextOf(file["base64"]));
        if (SoundText.IsBlank(name)) return Refused("Varje bilaga behöver ett namn.");
        if (TextLimits.Fault(name, TextLimits.Name) is { } fault) return Refused($"Bilagans namn: {fault}");
        if (file["contentType"] is not null && (type is null || (type.Length > 0 && !CanServe(type))))
            return Refused($"Bilagan ”{Named(name)}” har en innehållstyp som inte går att lämna ut. Ange till exempel image/jpeg.");
        if (base64 is null) return Refused($"Bilagan ”{Named(name)}” saknar innehåll (base64).");
        try
        {
            var content = Attachments.Decode(field, base64);
            if (content.Length == 0) return Refused($"Bilagan ”{Named(name)}” är tom.");
            return new AttachmentContent(Named(name), string.IsNullOrEmpty(type) ? Unknown : type, content);
        }
        catch (Errors.ValidationFailedException error)
        {
            return Refused(error.Errors[field][0]);
        }

        AttachmentContent? Refused(string message)
        {
            fail(field, message);
            return null;
        }
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}( *; *[A-Za-z0-9!#$&^_.+-]{1,50}=([A-Za-z0-9!#$&^_.+-]{1,100}|""[ !#-\[\]-~]{0,100}""))*\z")]
    private static partial Regex MediaType();
}
