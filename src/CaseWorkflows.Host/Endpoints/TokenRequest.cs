using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Host.Endpoints;

/// <summary>What somebody signs in with. A text that cannot be anybody's is no fault: it is an unknown user like any other.</summary>
/// <param name="Faults">By field: wrong kinds, or no JSON.</param>
internal sealed record TokenRequest(string? UserName, string? Password, IReadOnlyDictionary<string, string[]> Faults)
{
    private const int LongestBody = 16 * 1024;

    private static readonly OutsideJsonOptions Options = new() { MaxDepth = 4, MendNull = true };
    private static readonly JsonShape Shape = JsonShape.Object(int.MaxValue, ("userName", JsonShape.Text(int.MaxValue)), ("password", JsonShape.Text(int.MaxValue)));

    public static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            body.Write(chunk, 0, read);
            if (body.Length > LongestBody) return Faulty("$", "Innehållet är för stort.");
        }

        try
        {
            if (OutsideJson.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), Options) is not JsonObject sent) return Faulty("$", "Anropets innehåll ska vara ett JSON-objekt.");
            var faults = Shape.Faults(sent);
            // Nobody's name or password is that long; the answer is the one for a wrong one.
            return new TokenRequest(Text(sent, "userName"), Text(sent, "password"), faults);
        }
        catch (OutsideJsonException error)
        {
            return new TokenRequest(null, null, error.Errors);
        }
    }

    private static TokenRequest Faulty(string field, string message) => new(null, null, new Dictionary<string, string[]> { [field] = [message] });

    private static string? Text(JsonObject sent, string name) =>
        sent[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text[..Math.Min(text.Length, TextLimits.Subject + 1)] : null;
}
