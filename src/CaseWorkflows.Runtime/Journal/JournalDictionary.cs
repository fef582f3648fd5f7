namespace CaseWorkflows.Runtime;

/// <summary>Strings so common in journals that they are stored as numbers. Part of the stored format: never change, never insert.</summary>
internal static class JournalDictionary
{
    private static readonly string[] Strings =
    [
        "Started", "Suspended", "Resumed", "Completed", "Faulted", "Canceled", "Executing", "Executed",
        "Done", "True", "False", "Default", "Outcomes", "Pass", "Complete", "Cancelled",
        "Elsa.Workflow", "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Start", "Elsa.End", "Elsa.Event", "Elsa.SetVariable", "Elsa.FlowDecision",
        "Elsa.FlowSwitch", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.If", "Elsa.Switch", "Elsa.Delay", "Elsa.Timer", "Elsa.Cron",
        "Elsa.StartAt", "Elsa.PublishEvent", "Elsa.RunTask", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows", "Elsa.WriteLine", "Elsa.RunJavaScript",
        "Elsa.Correlate", "Elsa.SetName", "Elsa.SetOutput", "Elsa.Finish", "Elsa.Fault", "Elsa.Break", "Elsa.Fork", "Elsa.For",
        "Elsa.ForEach", "Elsa.While", "Elsa.Parallel", "Elsa.ParallelForEach", "Elsa.Composite", "Elsa.NotFoundActivity", "Workflow1", "Ja",
        "Nej", "Klar", "Start", "Flowchart1", "Flowchart", "Sequence1", "root", "start",
    ];

    private static readonly Dictionary<string, int> Index = Strings.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i, StringComparer.Ordinal);

    public static int Count => Strings.Length;

    public static int? Find(string text) => Index.TryGetValue(text, out var at) ? at : null;

    public static string Get(int at) => Strings[at];
}
