using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Takes in definition files as drafts; never publishes. Says first what it would change.</summary>
internal sealed class RoutineImport(IDefinitionStore store, DefinitionIntake intake)
{
    public async Task<StoredDefinition> ImportAsync(JsonObject model, RoutineAccess access, ImportChoices choices, CancellationToken cancellationToken)
    {
        var definitionId = DefinitionIntake.IdOf(model);
        var stored = definitionId is null ? null : await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
        var region = await DefinitionSaveEndpoints.RegionAsync(definitionId, stored, access, store, cancellationToken);
        access.MustEdit(region);
        var document = intake.FromFile(model, stored, access);
        return await store.SaveAsync(new SaveDraft
        {
            DefinitionId = definitionId,
            Document = document,
            Region = region,
            MustEdit = access.MustEdit,
            Change = access.Change(choices.At, choices.Reason),
            BasedOnRevision = choices.BasedOn,
            Session = choices.Session,
            Confirmed = choices.Confirmed,
            PreferredVersionId = document.Text("id"),
            Event = "Importerad",
        }, cancellationToken);
    }

    /// <summary>What importing would do; changes nothing.</summary>
    public async Task<JsonObject> PreviewAsync(JsonObject model, RoutineAccess access, CancellationToken cancellationToken)
    {
        var definitionId = DefinitionIntake.IdOf(model);
        var stored = definitionId is null ? null : await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
        var region = await DefinitionSaveEndpoints.RegionAsync(definitionId, stored, access, store, cancellationToken);
        access.MustEdit(region);
        var document = intake.FromFile((JsonObject)model.DeepClone(), stored, access);
        var preview = new JsonObject { ["definitionId"] = definitionId, ["name"] = document.Text("name"), ["region"] = region };
        if (stored is null)
        {
            preview["change"] = "Ny";
            preview["steps"] = DefinitionDocument.CountSteps(document);
            return preview;
        }

        foreach (var (name, value) in ImportDifference.Of(stored.ToObject(), document).ToList()) preview[name] = value?.DeepClone();
        preview["currentVersion"] = stored.Version.Version;
        preview["becomesVersion"] = stored.Version.PublishedAt is null ? stored.Version.Version : stored.Version.Version + 1;
        return preview;
    }
}
