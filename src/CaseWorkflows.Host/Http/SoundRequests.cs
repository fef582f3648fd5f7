using System.Globalization;
using CaseWorkflows.Engine.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// Makes the text of every request sound before anybody reads it: path, query, and forms with their files' names. JSON bodies are read by
/// <see cref="OutsideJson"/>. A U+0000 in a form stays for the form's own check, which names the field; in a query it becomes a character
/// that no text holds, so that nothing is found by it.
/// </summary>
internal sealed class SoundRequests(RequestDelegate next, IOptions<FormOptions> forms)
{
    private const char NoCharacter = '\uFFFF';

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        // A probe of the first HTTP names no host, and is answered.
        if (request.Headers.Host.Count == 0 && request.Protocol == "HTTP/1.0") request.Host = new HostString("localhost");
        if (!IsHost(request))
            return Problems.WriteAsync(http, StatusCodes.Status400BadRequest, "bad-request", "Anropet går inte att läsa.", "Värdnamnet i Host är inget värdnamn.");
        // Not by the conversion from a text: that would read what stands there as written for an address, and turn %25 into % once more.
        if (request.Path.Value is { } path && !SoundText.IsSound(path)) request.Path = new PathString(SoundText.Of(path));
        if (request.QueryString.HasValue) MendQuery(request);
        http.Features.Set<IFormFeature>(new SoundForm(request, forms.Value));
        return next(http);
    }

    /// <summary>Pages make addresses of it, and in an address it has to stand for itself alone.</summary>
    private static bool IsHost(HttpRequest request)
    {
        try
        {
            var host = request.Host;   // reading it takes it apart
            return host.HasValue && new Uri($"http://{host.Value}/") is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" } uri
                && new IdnMapping().GetUnicode(uri.IdnHost.Trim('[', ']')).Length > 0 && host.ToUriComponent().Length > 0;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            return false;
        }
    }

    private static void MendQuery(HttpRequest request)
    {
        if (request.Query.All(q => SoundText.IsSound(q.Key) && q.Value.All(v => v is null || SoundText.IsSound(v)))) return;
        request.Query = new QueryCollection(Sound(request.Query, Mend));
    }

    /// <summary>Values of names that become one stand together.</summary>
    internal static Dictionary<string, StringValues> Sound(IEnumerable<KeyValuePair<string, StringValues>> values, Func<string, string> mend)
    {
        var sound = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, given) in values)
        {
            var key = SoundText.Of(name);
            var mended = new StringValues([.. given.Select(v => v is null ? null : mend(v))]);
            sound[key] = sound.TryGetValue(key, out var earlier) ? StringValues.Concat(earlier, mended) : mended;
        }

        return sound;
    }

    private static string Mend(string text) => SoundText.Of(text.Replace('\0', NoCharacter));
}
