namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>Shows that nothing is lost: work by many clients on a host that is killed again and again.</summary>
internal sealed class TortureVerb : IVerb
{
    public string Words => "torture";

    public string Help => "kill -9 a host of its own under load: [--cases 200] [--clients 16] [--kills 20] [--data <folder>] [--unit <name>] [--seed n]";

    public async Task<int> RunAsync(string[] args)
    {
        var result = await TortureRun.RunAsync(TortureOptions.From(args), Console.Out, CancellationToken.None);
        foreach (var fault in result.Faults) await Console.Out.WriteLineAsync($"FAULT {fault}");
        await Console.Out.WriteLineAsync(result.Summary);
        return result.Faults.Count == 0 ? 0 : 1;
    }
}
