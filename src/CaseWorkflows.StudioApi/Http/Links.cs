using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Http;

/// <summary>What one may do with a routine, told as links: without the one called publish, Studio shows it read-only.</summary>
internal static class Links
{
    public static JsonArray Of(string definitionId, string region, RoutineAccess access)
    {
        var links = new JsonArray(
            Link(definitionId, "", "self", "GET"),
            Link("by-definition-id/" + definitionId, "", "self", "GET"),
            Link(definitionId, "/versions", "versions", "GET"),
            Link(definitionId, "/export", "export", "POST"));
        if (access.CanEdit(region))
        {
            links.Add(Link(definitionId, "/bulk-dispatch", "bulk-dispatch", "POST"));
            links.Add(Link(definitionId, "/dispatch", "dispatch", "POST"));
            links.Add(Link(definitionId, "/execute", "execute", "POST"));
            links.Add(Link(definitionId, "/retract", "retract", "POST"));
            links.Add(Link(definitionId, "", "delete", "DELETE"));
            links.Add(Link(definitionId, "/import", "import", "PUT"));
            links.Add(Link(definitionId, "/update-references", "update-references", "POST"));
            // Studio asks for this one before it lets anybody save a draft; publishing itself is checked on its own.
            links.Add(Link(definitionId, "/publish", "publish", "POST"));
        }

        return links;
    }

    /// <summary>Links of the whole list: without bulk-publish, Studio offers nothing but looking.</summary>
    public static JsonArray OfList(RoutineAccess access)
    {
        var links = new JsonArray(new JsonObject { ["href"] = "/workflow-definitions", ["rel"] = "self", ["method"] = "GET" });
        if (!access.CanEditAnything) return links;
        foreach (var (href, rel) in new[]
                 {
                     ("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish"),
                     ("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract"),
                     ("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete"),
                     ("/workflow-definitions", "create"),
                     ("/workflow-definitions/import", "import"),
                 })
            links.Add(new JsonObject { ["href"] = href, ["rel"] = rel, ["method"] = "POST" });
        return links;
    }

    private static JsonObject Link(string path, string action, string rel, string method) =>
        new() { ["href"] = $"/workflow-definitions/{path}{action}", ["rel"] = rel, ["method"] = method };
}
