namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What the words in a routine's settings may be: roles, units, case types, phrases, routines…</summary>
public interface ICheckVocabulary
{
    /// <summary>The values an options provider knows; null when it cannot tell, and nothing is checked.</summary>
    IReadOnlySet<string>? ValuesOf(string provider);
}
