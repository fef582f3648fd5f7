using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CaseWorkflows.StudioApi.Static;

/// <summary>
/// The files of the Elsa Studio package, served byte for byte as they were built: their boot manifest holds a hash of each.
/// The package brings Brotli and gzip forms of every file, so nothing is compressed here.
/// </summary>
public sealed partial class StudioPackage
{
    private readonly FrozenDictionary<string, PackageFile> _files;
    private readonly string _version;

    public StudioPackage(IOptions<StudioPackageOptions> options)
    {
        var folder = options.Value.Folder;
        if (!File.Exists(Path.Combine(folder, "package.json")))
            throw new InvalidOperationException($"The Elsa Studio package is not in {folder}. Build the assets project (npm ci), or set Studio:Package.");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        _version = manifest.RootElement.GetProperty("version").GetString()!;
        _files = Index(folder).ToFrozenDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
    }

    /// <summary>The package's version; in the address of a file without fingerprint it lets browsers keep the file.</summary>
    public string Version => _version;

    public async Task ServeAsync(HttpContext context, string path)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (physical, encoding) = Choose(file, context.Request.Headers.AcceptEncoding.ToString());
        var response = context.Response;
        var tag = $"\"{_version}-{file.Length:x}{(encoding is null ? "" : "-" + encoding)}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = file.Fingerprinted || context.Request.Query["v"] == _version
            ? "public,max-age=31536000,immutable"
            : "no-cache";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        response.ContentLength = new FileInfo(physical).Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.SendFileAsync(physical, context.RequestAborted);
    }

    private static (string Physical, string? Encoding) Choose(PackageFile file, string accepted) =>
        file.Brotli is not null && Accepts(accepted, "br") ? (file.Brotli, "br")
        : file.Gzip is not null && Accepts(accepted, "gzip") ? (file.Gzip, "gzip")
        : (file.Physical, null);

    private static bool Accepts(string header, string encoding) =>
        header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(part => part.Split(';')[0].Equals(encoding, StringComparison.OrdinalIgnoreCase) && !part.Contains("q=0,") && !part.EndsWith("q=0", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, PackageFile>> Index(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = "application/octet-stream";
        types.Mappings[".scss"] = "text/plain";
        types.Mappings[".map"] = "application/json";
        types.Mappings[".cur"] = "image/x-icon";
        foreach (var physical in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // The package's own page, and its compressed forms, are not offered by name.
            var path = Path.GetRelativePath(folder, physical).Replace('\\', '/');
            if (path is "index.html" or "package.json" || path.EndsWith(".br", StringComparison.Ordinal) || path.EndsWith(".gz", StringComparison.Ordinal))
                continue;
            if (!types.TryGetContentType(path, out var type))
                continue;
            yield return new(path, new PackageFile(physical, type, Existing(physical + ".br"), Existing(physical + ".gz"),
                Fingerprint().IsMatch(path), new FileInfo(physical).Length));
        }
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(wasm|js|dat|css|bundle\.scp\.css)$")]
    private static partial Regex Fingerprint();

    private sealed record PackageFile(string Physical, string ContentType, string? Brotli, string? Gzip, bool Fingerprinted, long Length);
}
