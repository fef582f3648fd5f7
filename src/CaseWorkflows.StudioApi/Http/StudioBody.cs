using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using static CaseWorkflows.Engine.Text.JsonShape;

namespace CaseWorkflows.StudioApi.Http;

/// <summary>
/// The kinds of what bodies hold on their first level, whichever call they belong to: the names mean the same everywhere. What stands deeper in
/// a definition is the compiler's to judge.
/// </summary>
internal static class StudioBody
{
    private const int LongestName = 500;

    private static readonly string[] Names =
    [
        "id", "definitionId", "definitionVersionId", "workflowInstanceId", "correlationId", "triggerActivityId", "searchTerm", "orderBy", "orderDirection", "name", "region",
        "session",
    ];

    private static readonly JsonShape Shape = JsonShape.Object(
        int.MaxValue,
        [
            .. Names.Select(n => (n, Text(LongestName))),
            .. new[] { "ids", "definitionIds", "workflowInstanceIds", "activityNodeIds" }.Select(n => (n, List(Text(LongestName)))),
            .. new[] { "page", "pageSize", "count", "version" }.Select(n => (n, Number)),
            .. new[] { "publish", "isSystem", "hasIncidents", "includeConsumingWorkflows" }.Select(n => (n, Flag)),
            .. new[] { "input", "filter", "model", "workflowDefinitionHandle", "activityHandle" }.Select(n => (n, JsonShape.Object(int.MaxValue))),
        ]);

    /// <exception cref="StudioException">400 with the first field that is of the wrong kind.</exception>
    public static void Demand(JsonObject body)
    {
        foreach (var (field, messages) in Shape.Faults(body)) throw StudioException.Invalid(field, $"{field}: {messages[0]}");
    }
}
