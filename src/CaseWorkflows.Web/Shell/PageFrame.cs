namespace CaseWorkflows.Web.Shell;

/// <summary>What stands around a page's own content. Null user = nobody is signed in.</summary>
public sealed record PageFrame
{
    public string? UserName { get; init; }

    /// <summary>See <see cref="PageOwner"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>Roles and units of the signed-in person, as shown under the name.</summary>
    public string? UserRoles { get; init; }

    public IReadOnlyList<NavItem> Navigation { get; init; } = [];

    /// <summary>Warnings that stand on every page, such as a routine that has passed its date.</summary>
    public IReadOnlyList<string> Banners { get; init; } = [];

    /// <summary>Receipt for what was just done.</summary>
    public Flash? Flash { get; init; }
}
