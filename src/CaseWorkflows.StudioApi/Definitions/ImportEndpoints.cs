using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Definition files in.</summary>
internal static class ImportEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions/import", (HttpContext http, RoutineImport import, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken ct) =>
            ImportAsync(http, null, import, model, descriptors, clock, ct));
        api.MapPut("/workflow-definitions/{definitionId}/import", ImportAsync);
        api.MapPost("/workflow-definitions/import/preview", PreviewAsync);
    }

    private static async Task<IResult> ImportAsync(HttpContext http, string? definitionId, RoutineImport import, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        if (definitionId is not null) body["definitionId"] = definitionId;
        var choices = new ImportChoices(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request), EditorHeaders.BasedOn(http.Request),
            EditorHeaders.Session(http.Request), EditorHeaders.Confirmed(http.Request));
        var stored = await import.ImportAsync(body, http.Access(), choices, cancellationToken);
        return await DefinitionReadEndpoints.AnswerAsync(http, stored, model, descriptors, cancellationToken);
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, RoutineImport import, CancellationToken cancellationToken) =>
        StudioJson.Node(await import.PreviewAsync(await StudioJson.ReadObjectAsync(http.Request, cancellationToken), http.Access(), cancellationToken));
}
