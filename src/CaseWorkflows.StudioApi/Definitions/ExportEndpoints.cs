using System.IO.Compression;
using System.Text;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Definition files out: one as JSON, several as a zip. Exactly what was saved, so that nothing is lost on the way.</summary>
internal static class ExportEndpoints
{
    private const int LongestPart = 80;
    private const string Binary = "application/octet-stream";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/export", ["GET", "POST"], OneAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", ManyAsync);
    }

    private static async Task<IResult> OneAsync(HttpContext http, string definitionId, string? versionOptions, string? includeConsumingWorkflows, IDefinitionStore store, RoutineReferences references, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var stored = access.MustRead(await store.FindAsync(definitionId, DefinitionReadEndpoints.Versions(versionOptions, VersionOptions.Latest), cancellationToken));
        if (FlagText.Read(includeConsumingWorkflows, sentence => StudioException.Invalid(nameof(includeConsumingWorkflows), sentence)) != true)
            return Results.File(Bytes(stored), Binary, Name(stored));
        var all = new List<StoredDefinition> { stored };
        all.AddRange(await ConsumersAsync(definitionId, access, store, references, cancellationToken));
        return all.Count == 1 ? Results.File(Bytes(stored), Binary, Name(stored)) : Results.File(Zip(all), Binary, "workflow-definitions.zip");
    }

    private static async Task<IResult> ManyAsync(HttpContext http, IDefinitionStore store, RoutineReferences references, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var found = new List<StoredDefinition>();
        foreach (var id in body.Texts("ids").Distinct())
            if (await store.FindVersionAsync(id, cancellationToken) is { } stored && access.CanReadRegion(stored.Version.Region)) found.Add(stored);
        if (found.Count == 0) return Results.NoContent();
        if (body.Bool("includeConsumingWorkflows") == true)
        {
            foreach (var definitionId in found.Select(f => f.Version.DefinitionId).ToList())
                foreach (var consumer in await ConsumersAsync(definitionId, access, store, references, cancellationToken))
                    if (found.All(f => f.Version.DefinitionId != consumer.Version.DefinitionId)) found.Add(consumer);
        }

        return Results.File(Zip(found), Binary, "workflow-definitions.zip");
    }

    private static async Task<List<StoredDefinition>> ConsumersAsync(string definitionId, RoutineAccess access, IDefinitionStore store, RoutineReferences references, CancellationToken cancellationToken)
    {
        var found = new List<StoredDefinition>();
        foreach (var id in await references.ConsumersOfAsync(definitionId, access.VisibleRegions, cancellationToken))
            if (await store.FindAsync(id, VersionOptions.Latest, cancellationToken) is { } consumer && access.CanReadRegion(consumer.Version.Region)) found.Add(consumer);
        return found;
    }

    private static byte[] Bytes(StoredDefinition stored)
    {
        var document = stored.ToObject();
        // Studio takes a file as a definition by this name.
        if (!document.ContainsKey("$schema")) document.Insert(0, "$schema", StableForm.Schema);
        return Encoding.UTF8.GetBytes(document.ToJsonString(StudioJson.Options));
    }

    private static byte[] Zip(IReadOnlyList<StoredDefinition> all)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var stored in all) Add(zip, Name(stored), Bytes(stored));
            if (all.Any(s => DefinitionDocument.IsTokenMode(s.ToObject()))) Add(zip, "README.txt", Encoding.UTF8.GetBytes(DefinitionDocument.FlowModeNote));
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }

    // Ids of before were not looked at: no name of a file leads out of the folder that it is unpacked in.
    private static string Safe(string id) =>
        new([.. id.Take(LongestPart).Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);

    private static string Name(StoredDefinition stored)
    {
        var name = new string([.. stored.Version.Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || "åäö".Contains(c, StringComparison.Ordinal) ? c : '-')]).Trim('-');
        return $"workflow-definition-{name[..Math.Min(name.Length, LongestPart)]}-{Safe(stored.Version.DefinitionId)}-{Safe(stored.Version.Id)}.json";
    }
}
