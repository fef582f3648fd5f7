namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>The choices behind inputs that name an options provider: roles, units, case types, phrases, routines…</summary>
public interface IChoices
{
    /// <summary>Changes whenever any answer of <see cref="Of"/> may have; from memory.</summary>
    string Stamp { get; }

    /// <summary>Looks whether anything has changed.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is no such provider.</summary>
    IReadOnlyList<ChoiceOption>? Of(string provider);

    /// <summary>Every word that a routine may name a choice by; null when that cannot be told.</summary>
    IReadOnlySet<string>? WordsOf(string provider);
}
