using Microsoft.AspNetCore.Builder;

namespace CaseWorkflows.Testing;

/// <summary>How a test host differs from the ordinary one.</summary>
public sealed record TestHostOptions
{
    /// <summary>Where the manual clock starts: a Thursday in April at two in the afternoon, unless a test needs another day.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 4, 2, 14, 0, 0, TimeSpan.FromHours(2));

    /// <summary>False: business time is the machine's.</summary>
    public bool ManualClock { get; init; } = true;

    /// <summary>A database to share with another host; null makes one that goes with the host.</summary>
    public TestDatabase? Database { get; init; }

    /// <summary>More of the command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Changes the builder last: other services, logging.</summary>
    public Action<WebApplicationBuilder>? Customise { get; init; }
}
