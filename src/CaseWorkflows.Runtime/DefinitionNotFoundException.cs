namespace CaseWorkflows.Runtime;

/// <summary>There is no such definition, version, or nothing of it is published.</summary>
public sealed class DefinitionNotFoundException : Exception
{
    public DefinitionNotFoundException(string definition)
        : base($"Arbetsflödet {definition} finns inte eller är inte publicerat.")
    {
        Definition = definition;
    }

    public string Definition { get; }
}
