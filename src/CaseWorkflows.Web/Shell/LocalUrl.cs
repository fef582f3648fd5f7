namespace CaseWorkflows.Web.Shell;

/// <summary>Addresses that a redirect may follow: paths of this site, never another host (<c>//x</c>, <c>/\x</c>).</summary>
internal static class LocalUrl
{
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);

    public static string OrHome(string? url) => IsLocal(url) ? url! : "/";
}
