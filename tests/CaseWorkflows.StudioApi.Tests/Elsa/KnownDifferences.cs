using System.Text.RegularExpressions;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>How our answers differ from a real Elsa server's, and why. One list; a test fails for anything else.</summary>
internal sealed record KnownDifferences(string Pattern, string Reason)
{
    public static readonly IReadOnlyList<KnownDifferences> All =
    [
        new(@"placeholder-that-never-matches", "to be filled"),
    ];

    private static readonly (string Prefix, string Reason)[] Outside =
    [
        ("identity-", "sign-in is the host's own (/auth/token); Studio's elements never call it"),
        ("auth-", "sign-in is the host's own; 401 is tested with it"),
        ("resilience-", "the feature is off: retry policies belong to the activities"),
        ("http-endpoint-", "HTTP modules are out of scope"),
        ("wd-import-http", "HTTP modules are out of scope"),
        ("alterations-", "the feature is off: it leads to pages that the package does not have"),
        ("descriptors-activity-options", "HTTP modules are out of scope; the route is tested with an activity of ours"),
    ];

    public bool Matches(string difference) => Regex.IsMatch(difference, Pattern);

    public static string? ReasonOf(string difference) => All.FirstOrDefault(k => k.Matches(difference))?.Reason;

    public static string? OutOfScope(string name) => Outside.FirstOrDefault(o => name.StartsWith(o.Prefix, StringComparison.Ordinal)).Reason;
}
