namespace CaseWorkflows.Runtime;

/// <summary>An item that would go on with what never comes to rest. Another try would come to the same: it is parked at once.</summary>
internal sealed class RunawayException(string message) : Exception(message)
{
    public static RunawayException Turns(int limit) =>
        new($"Rutinen gick runt {limit} varv utan att någon tid gick, och stoppades. Lägg in en väntan i slingan. Ett nytt försök låter den gå lika många varv till.");

    public static RunawayException Depth(int limit) =>
        new($"Rutinen startades inte: rutiner får starta varandra i högst {limit} led. Startar den sig själv, kanske genom en annan?");

    public static RunawayException Runs(string definitionId, WorkflowRuntimeOptions options) =>
        new($"Rutinen ’{definitionId}’ startades inte: det blev för många rutiner på en gång, högst {options.MaxRuns} på {options.RunsSpan.TotalMinutes:0} minuter får "
            + "komma ur samma början. Startar den sig själv, kanske genom en händelse? Rätta den, eller försök igen när tiden har gått.");
}
