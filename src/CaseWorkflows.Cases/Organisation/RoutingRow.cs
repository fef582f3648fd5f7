using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Organisation;

/// <summary>One row of a routing table. A condition that is empty or null always holds; the row with most conditions that hold wins, then the lowest order.</summary>
public sealed record RoutingRow
{
    public required string Id { get; init; }

    /// <summary>Name of the table; a routine names the table that it reads.</summary>
    public required string Table { get; init; }

    public int Order { get; init; }

    /// <summary>Unit or operation ids, or region codes.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Case type codes.</summary>
    public IReadOnlyList<string> CaseTypes { get; init; } = [];

    public IReadOnlyList<int> Teams { get; init; } = [];

    public int? MinPriority { get; init; }

    public int? MaxPriority { get; init; }

    public IReadOnlyList<string> Channels { get; init; } = [];

    public IReadOnlyList<string> Professions { get; init; } = [];

    public IReadOnlyList<string> VisitForms { get; init; } = [];

    public bool? DigitalPatient { get; init; }

    /// <summary>The outcome of the routing activity that the row leads to.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Role codes that are candidates of the first task.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Outcome of the task that is preselected; null = none.</summary>
    public string? Preselected { get; init; }

    /// <summary>Outcomes that only this row offers.</summary>
    public IReadOnlyList<string> ExtraOutcomes { get; init; } = [];

    /// <summary>Field keys that this row makes required, by outcome (or "*").</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredFields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Definition id to start, in tables that choose a routine.</summary>
    public string? Workflow { get; init; }

    /// <summary>Remark that is shown with the row, e.g. that the document has no rule.</summary>
    public string? Note { get; init; }

    public string? Rule { get; init; }

    /// <summary>Anything else a routine wants from its table.</summary>
    public JsonObject? Values { get; init; }
}
