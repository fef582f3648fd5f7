using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Publishes a routine once the check has nothing against it. Rights are the caller's to check.</summary>
public sealed class RoutinePublisher
{
    private readonly IDefinitionStore _store;
    private readonly RoutineChecker _checker;
    private readonly DescriptorCatalogue _descriptors;

    internal RoutinePublisher(IDefinitionStore store, RoutineChecker checker, DescriptorCatalogue descriptors)
    {
        _store = store;
        _checker = checker;
        _descriptors = descriptors;
    }

    /// <summary>Publishes the latest version; null when there is no such routine.</summary>
    public async Task<RoutinePublication?> PublishAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is not { } latest) return null;
        if (latest.Version.IsPublished) return new RoutinePublication(latest, RoutinePublicationKind.AlreadyPublished, []);
        var findings = await _checker.CheckAsync(latest, cancellationToken);
        if (findings.Any(f => f.Severity == FindingSeverity.Error)) return new RoutinePublication(latest, RoutinePublicationKind.Refused, findings);
        if (await _store.PublishAsync(definitionId, change, cancellationToken) is not { } outcome) return null;
        _descriptors.Invalidate();
        return new RoutinePublication(outcome.Definition, outcome.AlreadyPublished ? RoutinePublicationKind.AlreadyPublished : RoutinePublicationKind.Published, findings);
    }
}
