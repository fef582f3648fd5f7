using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>A message to the resident in the thread of the burst's case.</summary>
public sealed record MessageSent : Effect
{
    public Guid MessageId { get; init; } = Guid.CreateVersion7();

    /// <summary>Svar, Delsvar, Motfråga, Standardsvar, Första återkoppling, Hänvisning, Chatt, SMS or Formulär.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public string? PhraseKey { get; init; }

    /// <summary>The text differs from the phrase.</summary>
    public bool PhraseChanged { get; init; }

    public string? AuthorRole { get; init; }

    /// <summary>Person id; null for automatic messages.</summary>
    public string? Author { get; init; }

    /// <summary>Written or chosen by staff, so that it meets the response clock (D-07).</summary>
    public bool CountsAsFirstResponse { get; init; }

    /// <summary>Kept in the thread but not delivered (protected identity).</summary>
    public bool Blocked { get; init; }
}
