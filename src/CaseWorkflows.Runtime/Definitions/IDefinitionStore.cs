namespace CaseWorkflows.Runtime.Definitions;

/// <summary>The routines and their versions. Published versions never change; a draft changes in place until it is published.</summary>
public interface IDefinitionStore
{
    Task<StoredDefinition?> FindAsync(string definitionId, VersionOptions version, CancellationToken cancellationToken);

    /// <summary>By version id; deleted versions and frozen trial copies are found too, as long as instances may show them.</summary>
    Task<StoredDefinition?> FindVersionAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>The region of a routine, deleted ones too; null when there never was one.</summary>
    Task<string?> RegionOfAsync(string definitionId, CancellationToken cancellationToken);

    Task<DefinitionPage> ListAsync(DefinitionQuery query, CancellationToken cancellationToken);

    /// <summary>True when no other routine of these regions has the name.</summary>
    Task<bool> IsNameUniqueAsync(string name, string? exceptDefinitionId, IReadOnlyCollection<string> regions, CancellationToken cancellationToken);

    /// <summary>Keeps a draft: in place when the latest is a draft, else as the next version. The same document again changes nothing.</summary>
    /// <exception cref="DefinitionRefusedException">Somebody else saved since, or most of the steps would go.</exception>
    Task<StoredDefinition> SaveAsync(SaveDraft save, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes the latest version, once it compiles strictly. Says whether it already was; null when there is no such routine.
    /// </summary>
    /// <param name="seen">The version that was checked or shown; null: the latest, whatever it is.</param>
    /// <param name="detail">For the audit history, beside the reason.</param>
    /// <param name="wasRead">The person has had this very revision before them, so that their publishing it says that they have read it.</param>
    /// <exception cref="Engine.Definitions.DefinitionException">It does not compile; nothing is changed.</exception>
    /// <exception cref="DefinitionRefusedException">changed-meanwhile: somebody has saved since.</exception>
    Task<PublishOutcome?> PublishAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken, DefinitionVersion? seen = null, string? detail = null, bool wasRead = true);

    /// <summary>
    /// Somebody says that they have read a published version. True: two have, by now (<see cref="DefinitionVersion.Reviewed"/>). False: they have written in it
    /// themselves, or a routine that stands in it as a step is not reviewed or not fixed to one version. Null: no such published version.
    /// </summary>
    Task<bool?> ReviewAsync(string definitionId, int version, DefinitionChange change, CancellationToken cancellationToken);

    /// <summary>Null when there is no such routine; the latest version, unchanged, when nothing was published.</summary>
    Task<RetractOutcome?> RetractAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken);

    /// <summary>Makes an older version the newest draft. Null when there is no such version.</summary>
    Task<StoredDefinition?> RevertAsync(string definitionId, int version, DefinitionChange change, CancellationToken cancellationToken);

    /// <summary>Takes the routine out of lists and triggers; its versions stay readable and it can be brought back.</summary>
    Task<bool> DeleteAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken);

    Task<bool> DeleteVersionAsync(string versionId, DefinitionChange change, CancellationToken cancellationToken);

    Task<bool> UndeleteAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken);

    /// <summary>The latest document frozen for a trial run: the published version itself, or a copy of the draft.</summary>
    Task<StoredDefinition?> FreezeAsync(string definitionId, VersionOptions version, DefinitionChange change, CancellationToken cancellationToken);

    Task<IReadOnlyList<DraftSave>> SavesAsync(string definitionId, CancellationToken cancellationToken);

    /// <summary>A kept save's document.</summary>
    Task<string?> FindSaveAsync(string definitionId, long saveId, CancellationToken cancellationToken);

    /// <summary>Makes a kept save the newest draft.</summary>
    Task<StoredDefinition?> RestoreSaveAsync(string definitionId, long saveId, DefinitionChange change, CancellationToken cancellationToken);

    Task<IReadOnlyList<DefinitionEvent>> HistoryAsync(string definitionId, CancellationToken cancellationToken);

    /// <summary>Says that the person has the routine open in one window, and answers who else does, longest first.</summary>
    /// <param name="session">The window; one person may have several.</param>
    Task<IReadOnlyList<EditingPresence>> TouchPresenceAsync(string definitionId, string session, string personId, string personName, CancellationToken cancellationToken);

    Task<IReadOnlyList<EditingPresence>> PresenceAsync(string definitionId, CancellationToken cancellationToken);

    Task LeavePresenceAsync(string definitionId, string session, CancellationToken cancellationToken);

    /// <summary>Removes saves whose thirty days have passed.</summary>
    Task<int> RemoveOldSavesAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
