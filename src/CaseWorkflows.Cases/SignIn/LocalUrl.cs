using System.Text;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Addresses that a redirect may follow: paths of this site, never another host (<c>//x</c>, <c>/\x</c>).</summary>
public static class LocalUrl
{
    private const int Longest = 2000;

    public static bool IsLocal(string? url) =>
        url is ['/', ..] && url.Length <= Longest && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    public static string OrHome(string? url) => IsLocal(url) ? url! : "/";

    /// <summary>The address as a header can carry it: everything outside ASCII, spaces and quotes percent-encoded; what is encoded already stays.</summary>
    public static string Encoded(string url)
    {
        if (url.All(c => c is > ' ' and < '\x7f' and not '"')) return url;
        var encoded = new StringBuilder(url.Length * 2);
        foreach (var rune in url.EnumerateRunes())
        {
            if (rune.Value is > ' ' and < 0x7f and not '"') encoded.Append((char)rune.Value);
            else encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
