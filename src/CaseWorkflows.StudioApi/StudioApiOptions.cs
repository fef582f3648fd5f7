namespace CaseWorkflows.StudioApi;

/// <summary>Section <c>StudioApi</c> of the configuration.</summary>
public sealed class StudioApiOptions
{
    public const string Section = "StudioApi";

    /// <summary>A key for automation (<c>Authorization: ApiKey …</c>), at least 32 characters; off while empty.</summary>
    public string? ApiKey { get; set; }
}
