using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Forms;

/// <summary>What can be chosen in fields that point at the organisation and bring no options of their own.</summary>
public sealed record FormChoices
{
    public static FormChoices None { get; } = new();

    public IReadOnlyList<FormOption> People { get; init; } = [];

    public IReadOnlyList<FormOption> Units { get; init; } = [];

    public IReadOnlyList<PhraseChoice> Phrases { get; init; } = [];
}
