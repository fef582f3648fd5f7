using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Static;

/// <summary>Our own style sheets and scripts around Studio. They are part of the assembly, and their address holds a hash of the contents.</summary>
public sealed class OwnFiles
{
    private const string Root = "/studio/app/";
    private readonly FrozenDictionary<string, OwnFile> _byName;
    private readonly FrozenDictionary<string, OwnFile> _byAddress;

    public OwnFiles()
    {
        var files = new List<OwnFile>();
        var assembly = typeof(OwnFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (name.StartsWith("app/", StringComparison.Ordinal))
                files.Add(OwnFile.Create(name["app/".Length..], copy.ToArray()));
            else if (name.StartsWith("texts/", StringComparison.Ordinal)) // a script, so that the texts are there before Studio draws anything
                files.Add(OwnFile.Create(name["texts/".Length..^".json".Length] + ".js",
                    [.. "window.studioTexts="u8, .. copy.ToArray(), .. ";"u8]));
        }

        _byName = files.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _byAddress = files.ToFrozenDictionary(f => f.Address, StringComparer.Ordinal);
    }

    /// <summary>The address of a file, for a link or script element.</summary>
    public string Address(string name) => Root + _byName[name].Address;

    public async Task ServeAsync(HttpContext context, string address)
    {
        if (!_byAddress.TryGetValue(address, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var response = context.Response;
        response.ContentType = file.ContentType;
        response.Headers.CacheControl = "public,max-age=31536000,immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept-Encoding";
        var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (brotli)
            response.Headers.ContentEncoding = "br";
        var bytes = brotli ? file.Brotli : file.Plain;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private sealed record OwnFile(string Name, string Address, string ContentType, byte[] Plain, byte[] Brotli)
    {
        public static OwnFile Create(string name, byte[] plain)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 5));
            var dot = name.LastIndexOf('.');
            var type = name[dot..] switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "application/octet-stream",
            };
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                brotli.Write(plain);
            return new(name, $"{name[..dot]}.{hash}{name[dot..]}", type, plain, packed.ToArray());
        }
    }
}
