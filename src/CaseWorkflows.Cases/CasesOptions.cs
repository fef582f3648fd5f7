namespace CaseWorkflows.Cases;

/// <summary>Settings of the domain.</summary>
public sealed class CasesOptions
{
    /// <summary>Folder in which the development channel writes notices; null = only the log.</summary>
    public string? NoticeFolder { get; set; }
}
