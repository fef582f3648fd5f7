using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>How a routine begins: its published version, or where there is none its latest.</summary>
/// <param name="Region">Where it may run; <see cref="DefinitionFiles.Shared"/> is everywhere.</param>
/// <param name="ByItself">By an event or at a time, and in no other way.</param>
public sealed record StartOfRoutine(string Region, bool ByItself)
{
    /// <returns>Null when there is no such routine (any more).</returns>
    public static async Task<StartOfRoutine?> FindAsync(NpgsqlDataSource database, string definitionId, CancellationToken ct)
    {
        var reads = new DefinitionReads(database);
        var found = await DefinitionStore.LoadAsync(reads, definitionId, VersionOptions.Published, ct)
            ?? await DefinitionStore.LoadAsync(reads, definitionId, VersionOptions.Latest, ct);
        return found is null ? null : new StartOfRoutine(found.Version.Region, BeginsByItself(found));
    }

    private static bool BeginsByItself(StoredDefinition definition)
    {
        var steps = DefinitionDocument.Activities(definition.ToObject()).ToList();
        if (steps is not [var root, ..]) return false;
        if (root.CanStartWorkflow) return true;
        var first = steps.Where(s => ReferenceEquals(s.Parent, root.Json)).ToList();
        return root.Type == "Elsa.Flowchart" ? first.TrueForAll(s => s.Type != "Elsa.Start") && first.Exists(s => s.CanStartWorkflow)
            : first is [{ CanStartWorkflow: true }, ..];
    }
}
