using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>A draft to keep.</summary>
public sealed record SaveDraft
{
    /// <summary>Null makes a new routine.</summary>
    public string? DefinitionId { get; init; }
    /// <summary>The whole document; its version, flags and version id are not trusted.</summary>
    public required JsonObject Document { get; init; }
    /// <summary>The region of a new routine.</summary>
    public required string Region { get; init; }
    public required DefinitionChange Change { get; init; }
    /// <summary>Throws unless the person may edit routines of a region: asked inside the transaction, of the row that is there. Null: anywhere.</summary>
    public Action<string>? MustEdit { get; init; }
    /// <summary>The revision that the editor built on; null when it does not say.</summary>
    public long? BasedOnRevision { get; init; }
    /// <summary>The editor's window; its own earlier saves are never "somebody else's".</summary>
    public string? Session { get; init; }
    /// <summary>The token of a <see cref="DefinitionRefusedException"/> that the person has said yes to.</summary>
    public string? Confirmed { get; init; }
    /// <summary>Neither somebody else's draft nor missing steps are an obstacle: for files and roll-backs, which say what they do.</summary>
    public bool Force { get; init; }
    /// <summary>Imports may bring their own version id, when it is free.</summary>
    public string? PreferredVersionId { get; init; }
    /// <summary>The word for the audit history when a new version begins.</summary>
    public string Event { get; init; } = "Utkast påbörjat";
}
