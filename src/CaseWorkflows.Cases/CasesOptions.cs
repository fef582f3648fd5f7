using CaseWorkflows.Cases.SignIn;

namespace CaseWorkflows.Cases;

/// <summary>Settings of the domain.</summary>
public sealed class CasesOptions
{
    /// <summary>Folder in which the development channel writes notices and residents' messages; null = nothing delivers them until a channel is registered.</summary>
    public string? NoticeFolder { get; set; }

    /// <summary>Where people reach the pages, without a slash at the end, for links in notices; null = a link is the path alone.</summary>
    public string? SiteAddress { get; set; }

    public SignInOptions SignIn { get; } = new();
}
