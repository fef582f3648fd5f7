using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>Starting a child and telling what became of it.</summary>
internal static class ChildStart
{
    /// <returns>The child's instance id, or null when the step failed.</returns>
    public static Guid? Begin(ActivityExecutionContext c, string? definitionId, IDictionary<string, object>? input, string? correlationId, string? waitName, bool quiet)
    {
        if (string.IsNullOrEmpty(definitionId))
        {
            c.Fault("Inget arbetsflöde är valt.");
            return null;
        }

        if (!Exists(c, definitionId))
        {
            c.Fault(MissingText(definitionId));
            return null;
        }

        Demand(c, definitionId, 1, waitName is not null);
        var bookmark = waitName is null ? null : c.Workflow.CreateBookmark(c, waitName, null, new Dictionary<string, object?> { ["workflowDefinitionId"] = definitionId }, autoBurn: true, quiet);
        return Emit(c, definitionId, Copy(input), correlationId, bookmark?.Id);
    }

    /// <summary>Asked before anything is done, so that a step that may not start all it wants starts nothing.</summary>
    /// <exception cref="ValueException">Too many, or too deep; with a Swedish sentence.</exception>
    public static void Demand(ActivityExecutionContext c, string definitionId, int count, bool waits)
    {
        var limits = c.Workflow.Environment.Limits;
        if (c.Workflow.DepthOfNext(waits) > limits.MaxRunDepth)
            throw new ValueException($"Steget startade inget: rutiner får starta varandra i högst {limits.MaxRunDepth} led. Startar rutinen sig själv, kanske genom en annan?");
        if (c.Workflow.RunsStarted + count > limits.RunsLeft)
        {
            throw new ValueException(
                $"Steget startade inget: det blev för många rutiner på en gång, högst {limits.MaxRuns} på {limits.RunsSpan.TotalMinutes:0} minuter får komma ur samma början. "
                + $"Startar ’{definitionId}’ sig själv, kanske genom en annan? Rätta rutinen, eller försök igen när tiden har gått.");
        }
    }

    /// <summary>Starts one that has been asked for.</summary>
    public static Guid Emit(ActivityExecutionContext c, string definitionId, IReadOnlyDictionary<string, object?> input, string? correlationId, string? bookmarkId)
    {
        c.Workflow.RunsStarted++;
        var child = c.Workflow.Environment.NewId();
        c.Workflow.LinkChild(c, child, bookmarkId);
        c.Emit(new ChildStarted(child, definitionId, input, string.IsNullOrEmpty(correlationId) ? null : correlationId, bookmarkId, true)
        {
            Depth = c.Workflow.DepthOfNext(bookmarkId is not null),
        });
        return child;
    }

    /// <summary>True as well when the host does not say which definitions there are.</summary>
    public static bool Exists(ActivityExecutionContext c, string definitionId) => Find(c, definitionId) == PublishedDefinition.Startable;

    public static PublishedDefinition Find(ActivityExecutionContext c, string definitionId) =>
        c.TryAmbient<IPublishedDefinitions>()?.Find(definitionId) ?? PublishedDefinition.Startable;

    /// <summary>The same sentence for one of another region: what others have is not told.</summary>
    public static string MissingText(string definitionId) => $"Arbetsflödet \"{definitionId}\" finns inte eller är inte publicerat.";

    public static Dictionary<string, object?> Copy(IDictionary<string, object>? input)
    {
        var copy = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (k, v) in input ?? new Dictionary<string, object>()) copy[k] = v;
        return copy;
    }

    /// <summary>The result as scripts see it, with Elsa's names.</summary>
    public static Dictionary<string, object?> Describe(ChildResult r) => new(StringComparer.Ordinal)
    {
        ["WorkflowDefinitionVersionId"] = null,
        ["WorkflowInstanceId"] = r.ChildInstanceId.ToString(),
        ["CorrelationId"] = null,
        ["Status"] = r.Status.ToString(),
        ["SubStatus"] = r.SubStatus.ToString(),
        ["Output"] = new Dictionary<string, object?>(r.Output, StringComparer.Ordinal),
    };
}
