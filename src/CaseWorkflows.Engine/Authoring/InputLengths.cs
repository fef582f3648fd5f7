using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>
/// How long the texts are that steps work with, in UTF-16 code units: what becomes a column, a key of an index or a line of a list must fit
/// there, and a step whose text does not is failed where it stands.
/// </summary>
public static class InputLengths
{
    /// <summary>Ids, names, codes, statuses, correlation ids: what is looked up and chosen.</summary>
    public const int Word = 200;

    /// <summary>What stands on a line.</summary>
    public const int Line = 1_000;

    /// <summary>Why somebody did something.</summary>
    public const int Reason = 20_000;

    /// <summary>Texts, scripts and JSON.</summary>
    public const int Text = 200_000;

    /// <summary>Texts in a list: roles, people, outcomes.</summary>
    public const int Items = 1_000;

    /// <exception cref="FormatException">Longer; with a Swedish sentence.</exception>
    public static void Demand(string? text, int longest)
    {
        if (text is not null && text.Length > longest) throw new ValueException($"Texten får vara högst {longest} tecken, men är {text.Length}.");
    }

    internal static int Of(string hint, bool isChoice) => hint switch
    {
        "dropdown" or "checklist" or "workflow-definition-picker" or "variable-picker" or "output-picker" => Word,
        "singleline" => isChoice ? Word : Line,
        _ => Text,
    };
}
