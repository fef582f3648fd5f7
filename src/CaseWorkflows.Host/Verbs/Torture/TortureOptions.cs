using System.Globalization;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>How hard, and on what.</summary>
public sealed record TortureOptions
{
    public int Cases { get; init; } = 200;

    public int Clients { get; init; } = 16;

    public int Kills { get; init; } = 20;

    /// <summary>Null: a folder that is made and removed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Null: every unit that takes cases.</summary>
    public string? Unit { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How long the work may go on after the last kill.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Extra settings of the hosts, such as the folder of the workflows.</summary>
    public IReadOnlyList<string> HostArguments { get; init; } = [];

    public static TortureOptions From(string[] args) => new()
    {
        Cases = Number(args, "--cases", 200),
        Clients = Number(args, "--clients", 16),
        Kills = Number(args, "--kills", 20),
        Seed = Number(args, "--seed", Random.Shared.Next(1, 1_000_000)),
        DataDirectory = Text(args, "--data"),
        Unit = Text(args, "--unit"),
        HostArguments = [.. args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains(':') && a.Contains('='))],
    };

    private static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    private static int Number(string[] args, string name, int otherwise) => Text(args, name) is { } t ? int.Parse(t, CultureInfo.InvariantCulture) : otherwise;
}
