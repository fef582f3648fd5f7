using System.Globalization;

namespace CaseWorkflows.Benchmarks;

internal sealed record Arguments(int Instances, int Concurrency, int Rounds, string? Connection, int AutoPrepare)
{
    public static Arguments From(string[] args) => new(Number(args, "--instances", 5000), Number(args, "--concurrency", 8), Number(args, "--rounds", 5), Text(args, "--connection"),
        Number(args, "--auto-prepare", 0));

    private static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    private static int Number(string[] args, string name, int otherwise) => Text(args, name) is { } t ? int.Parse(t, CultureInfo.InvariantCulture) : otherwise;
}
