namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>The choices behind inputs that name an options provider: roles, units, case types, phrases, routines…</summary>
public interface IChoices
{
    /// <summary>Changes whenever any answer of <see cref="Of"/> may have; from memory.</summary>
    string Stamp { get; }

    /// <summary>Looks whether anything has changed.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is no such provider.</summary>
    /// <param name="regions">What belongs to other regions is left out.</param>
    IReadOnlyList<ChoiceOption>? Of(string provider, IReadOnlyCollection<string> regions);

    /// <summary>Every word that a region's routine may name a choice by; null when that cannot be told.</summary>
    /// <param name="region">A shared routine names what any region has.</param>
    IReadOnlySet<string>? WordsOf(string provider, string region);
}
