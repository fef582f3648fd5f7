using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Publishes a routine once the check has nothing against it: that very version, or none. Rights are the caller's to check.</summary>
public sealed class RoutinePublisher
{
    /// <summary>Where it is on, nobody publishes what they have edited themselves.</summary>
    internal const string FourEyes = SettingKinds.FourEyes;

    private readonly IDefinitionStore _store;
    private readonly RoutineChecker _checker;
    private readonly DescriptorCatalogue _descriptors;
    private readonly ReferenceStore _reference;

    internal RoutinePublisher(IDefinitionStore store, RoutineChecker checker, DescriptorCatalogue descriptors, ReferenceStore reference)
    {
        _store = store;
        _checker = checker;
        _descriptors = descriptors;
        _reference = reference;
    }

    /// <summary>Publishes the latest version; null when there is no such routine.</summary>
    /// <param name="seen">The revision that the person has before them; null when that is not told: then publishing it does not say that they have read it.</param>
    /// <exception cref="DefinitionRefusedException">changed-meanwhile: somebody has saved since. four-eyes: it takes another person.</exception>
    public async Task<RoutinePublication?> PublishAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken, long? seen = null)
    {
        if (await _store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is not { } latest) return null;
        if (latest.Version.IsPublished) return new RoutinePublication(latest, RoutinePublicationKind.AlreadyPublished, []);
        if (seen is not null && seen != latest.Version.Revision)
            throw new DefinitionRefusedException("changed-meanwhile", $"Inte publicerat: {latest.Version.UpdatedByName} har sparat en nyare ändring av rutinen. Ladda om sidan och publicera på nytt.");
        var findings = await _checker.CheckAsync(latest, cancellationToken);
        if (findings.Any(f => f.Severity == FindingSeverity.Error)) return new RoutinePublication(latest, RoutinePublicationKind.Refused, findings);
        if (await IsOwnWorkAsync(latest.Version, change, cancellationToken))
            throw new DefinitionRefusedException("four-eyes", "Inte publicerat: den som har ändrat rutinen får inte själv publicera den. Be en kollega att granska och publicera.");
        var detail = await _checker.NewReadsAsync(latest, cancellationToken);
        if (await _store.PublishAsync(definitionId, change, cancellationToken, latest.Version, detail, wasRead: seen is not null) is not { } outcome) return null;
        _descriptors.Invalidate();
        return new RoutinePublication(outcome.Definition, outcome.AlreadyPublished ? RoutinePublicationKind.AlreadyPublished : RoutinePublicationKind.Published, findings);
    }

    /// <summary>Not only the last to save: a colleague's comma does not make it the colleague's.</summary>
    private async Task<bool> IsOwnWorkAsync(DefinitionVersion version, DefinitionChange change, CancellationToken cancellationToken)
    {
        var view = (await _reference.FreshAsync(cancellationToken)).At(change.At);
        var asks = version.Region == DefinitionFiles.Shared
            ? view.Regions.Keys.Append(null).Any(r => view.Setting<bool>(FourEyes, r))
            : view.Setting<bool>(FourEyes, version.Region);
        return asks && version.WrittenBy.Contains(change.PersonId);
    }
}
