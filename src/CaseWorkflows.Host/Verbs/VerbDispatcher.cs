using CaseWorkflows.Host.Verbs.Torture;

namespace CaseWorkflows.Host.Verbs;

/// <summary>Finds the verb that a command line names. No verb, or one that starts with a dash: the host serves.</summary>
internal static class VerbDispatcher
{
    private static readonly IVerb[] Verbs =
        [new WorkflowsCheckVerb(), new WorkflowsExportVerb(), new WorkflowsImportVerb(), new JournalVerifyVerb(), new DatabaseRolesVerb(), new DatabaseMigrateVerb(),
            new TortureVerb()];

    public static Call? Find(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return null;
        foreach (var verb in Verbs)
        {
            var words = verb.Words.Split(' ');
            if (args.Length >= words.Length && words.SequenceEqual(args.Take(words.Length), StringComparer.OrdinalIgnoreCase)) return new Call(verb, words.Length);
        }

        return new Call(new HelpVerb(Verbs), 0);
    }

    public sealed record Call(IVerb Verb, int Words)
    {
        public Task<int> RunAsync(string[] args) => Verb.RunAsync(args[Words..]);
    }

    private sealed class HelpVerb(IVerb[] verbs) : IVerb
    {
        public string Words => "help";

        public string Help => "this list";

        public Task<int> RunAsync(string[] args)
        {
            Console.WriteLine("Without a verb the host serves. Verbs:");
            foreach (var verb in verbs.Append(this)) Console.WriteLine($"  {verb.Words,-20} {verb.Help}");
            return Task.FromResult(args is ["help", ..] ? 0 : 2);
        }
    }
}
