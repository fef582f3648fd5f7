using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Api;

/// <summary>One call as the endpoints see it: who, when, and the JSON body.</summary>
internal sealed record ApiCall(CommandContext Context, JsonObject Body, byte[] RawBody)
{
    private static readonly object Key = new();

    public static ApiCall Of(HttpContext http) => (ApiCall)http.Items[Key]!;

    public void AttachTo(HttpContext http) => http.Items[Key] = this;

    /// <exception cref="ValidationFailedException">Something else than a text.</exception>
    public string? Text(string name) => Body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new ValidationFailedException(name, "Ange en text.")
    };

    /// <exception cref="ValidationFailedException">Something else than an id.</exception>
    public Guid? Id(string name) =>
        Text(name) is not { Length: > 0 } text ? null
        : Guid.TryParse(text, out var id) ? id
        : throw new ValidationFailedException(name, "Ange ett id.");

    public int? Number(string name)
    {
        if (Body[name] is not { } node) return null;
        return NumberText.Integer(node, int.MinValue, int.MaxValue) ?? throw new ValidationFailedException(name, "Ange ett heltal.");
    }

    public JsonObject? Object(string name) => Body[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw new ValidationFailedException(name, "Fältet ska vara ett objekt.")
    };

    /// <summary>An instant: with offset, as local time, or a time today.</summary>
    public DateTimeOffset? Instant(string name) => Text(name) is { Length: > 0 } text ? Instants.Parse(text, Context, name) : null;
}
