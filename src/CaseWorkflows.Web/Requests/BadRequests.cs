using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Errors;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Requests;

/// <summary>Words in Swedish what the framework says of a value in an address or a form that is not of its kind.</summary>
public static partial class BadRequests
{
    private const string Unreadable = "Det som skickades går inte att läsa.";
    private const string TooLarge = "Det som skickades är för stort. En fil får vara högst 10 MB.";

    /// <summary>A Swedish sentence with the value's name where the framework tells it.</summary>
    public static string Words(BadHttpRequestException bad)
    {
        ArgumentNullException.ThrowIfNull(bad);
        if (bad is FormRefusedException) return bad.Message;
        if (Unbound().Match(bad.Message) is { Success: true } value) return $"Värdet för ”{value.Groups["name"].Value}” går inte att läsa.";
        if (Missing().Match(bad.Message) is { Success: true } missing) return $"Värdet för ”{missing.Groups["name"].Value}” saknas.";
        return bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : Unreadable;
    }

    [GeneratedRegex("""^Failed to bind parameter "(?:.* )?(?<name>[^" ]+)" from """)]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter "(?:.* )?(?<name>[^" ]+)" was not provided""")]
    private static partial Regex Missing();
}
