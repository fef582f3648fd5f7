using System.Text.RegularExpressions;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>How our answers differ from a real Elsa server's, and why. One list; a test fails for anything else.</summary>
internal sealed record KnownDifferences(string Pattern, string Reason)
{
    public static readonly IReadOnlyList<KnownDifferences> All =
    [
        // Descriptors and lists
        new(@"^descriptors-activit.*(defaultSyntax|outputs\[\]\.(description|isSerializable)) is ours only", "Studio reads them where they are; theirs leaves defaults out"),
        new(@"^descriptors-activity-one: .*defaultSyntax is ours only", "as above, for one descriptor"),
        new(@"^descriptors-(storage-drivers|variables): \$\.count is ours only", "every list of ours has a count"),
        new(@"^wd-list.*providerName is missing", "theirs is of a built-in system routine; ours are all made by people"),
        new(@"^wd-list-paged: .*toolVersion is ours only", "another routine is first on the page"),
        new(@"^wd-revert: .*isMaterializerAvailable is ours only", "one summary for all answers"),
        new(@"^wd-versions: .*variables\[\]\.isArray is ours only", "the variables stand as they were saved"),

        // Definitions: what a file does not hold is not made up, and what it holds is not dropped
        new(@"^wd-(import|export|main).*(isArray|memoryReference|root\.start) is ours only", "kept from the file; theirs drops what it reads as default"),
        new(@"^wd-import.*(category|description) is missing", "not in the file; an empty text is not made up"),
        new(@"^wd-import-hello.*autoUpdateConsumingWorkflows is missing", "not in the file"),
        new(@"^wd-export: .*vertices is missing", "an export is what was saved; vertices are added where Studio reads"),

        new(@"^wd-import-parent(-publish)?: .*root\.activities\[\]\.(input1|output1|latestAvailablePublishedVersion(Id)?|workflowDefinition(Version)?Id) is missing", "names version 5 of a routine that is at version 1 here: a placeholder, or Studio would draw nothing"),
        new(@"^wd-import-parent(-publish)?: .*root\.activities\[\]\.(missingTypeName|missingTypeVersion|originalActivityJson) is ours only", "names version 5 of a routine that is at version 1 here: a placeholder, or Studio would draw nothing"),
        new(@"^wd-subgraph.*(variables|children|parents) is ours only", "Studio 3.8 reads parents and children; theirs leaves empty ones out"),

        // Publishing is refused for what cannot run
        new(@"^wd-save-unknown-activity: (status 400 \(theirs: 200\)|\$\.(code|errors|message|statusCode) is ours only|\$\.(alreadyPublished|consumingWorkflowCount|workflowDefinition) is missing)", "an unknown step is kept but not published (theirs publishes it)"),
        new(@"^wd-save-invalid-cron: \$\.code is ours only", "tells our page which kind of refusal it is"),
        new(@"^wd-save-empty: status 400 \(theirs: 500\)", "never 5xx for what a person sent: Studio would repeat it"),
        new(@"^wd-delete-version(: status 404 \(theirs: 200\)|-by-id: status 200 \(theirs: 404\))", "theirs and ours number and name versions differently after the refusals above"),

        // Instances: the state is compact, and only live executions are in it
        new(@"completionCallbacks is empty", "our engine has no callbacks by name"),
        new(@"incidents\[\]\.activityInstanceId is ours only", "links the incident to its execution in the viewer"),
        new(@"activityExecutionContexts\[\]\.completedAt is missing", "finished executions are in the journal, not in the state"),
        new(@"^ae-call-stack: .*completedAt is missing", "who scheduled is the container; theirs names the step before, which had completed"),
        new(@"^ae-get: \$\.(activityName|activityState|schedulingActivity(Execution)?Id) is ours only", "the instance's first execution is another one here"),
        new(@"^wi-journal.*activityState is ours only", "inputs are shown in the journal too"),
        new(@"^wi-journal-faulted: .*payload is missing", "the message says it; a .NET stack trace is no help to a process owner"),
        new(@"^wi-execution-state.*workflowSubStatus is ours only", "the name that Studio 3.8 reads; theirs is 3.7"),
        new(@"^wi-export: \$\.WorkflowState\.(\$id is missing|\w+ is array)", "a plain state without reference-preserving wrappers"),
        new(@"^exec-fault: status 200 \(theirs: 500\)", "a routine that fails is no failure of the host; Studio looks at the headers only"),

        // Not done from outside
        new(@"^exec-get: ", "no GET starts anything: another site's page could send it. Studio posts"),
        new(@"^wi-cancel: status 403 \(theirs: 200\)", "a run in earnest is ended by a person who decides about its faults, with a reason"),
        new(@"^wi-get-cancelled: .*finishedAt is missing", "as above: it runs on"),
        new(@"^wi-variables-post: (status 400 \(theirs: 200\)|\$\.(items|count) is missing|\$\.(statusCode|message|errors) is ours only)", "variables of a running instance change by steps only, so that the journal tells why"),
        new(@"^wi-delete(-404)?: status 400", "the journal is append-only; instances go by the retention rules"),
    ];

    private static readonly (string Prefix, string Reason)[] Outside =
    [
        ("identity-", "sign-in is the host's own (/auth/token); Studio's elements never call it"),
        ("auth-", "sign-in is the host's own; 401 is tested with it"),
        ("resilience-", "the feature is off: retry policies belong to the activities"),
        ("http-endpoint-", "HTTP modules are out of scope"),
        ("wd-import-http", "HTTP modules are out of scope"),
        ("alterations-", "the feature is off: it leads to pages that the package does not have"),
        ("descriptors-activity-options", "HTTP modules are out of scope; the route is tested with an activity of ours"),
    ];

    public bool Matches(string difference) => Regex.IsMatch(difference, Pattern);

    public static string? ReasonOf(string difference) => All.FirstOrDefault(k => k.Matches(difference))?.Reason;

    public static string? OutOfScope(string name) => Outside.FirstOrDefault(o => name.StartsWith(o.Prefix, StringComparison.Ordinal)).Reason;
}
