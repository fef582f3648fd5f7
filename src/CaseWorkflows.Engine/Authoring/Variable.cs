namespace CaseWorkflows.Engine.Authoring;

/// <summary>A variable as an author declares it in code or as a definition stores it.</summary>
public class Variable
{
    public Variable(string name, object? value = null, string typeName = "Object", string? id = null)
    {
        Name = name;
        Value = value;
        TypeName = typeName;
        Id = id ?? name;
    }

    public string Id { get; }

    public string Name { get; }

    public string TypeName { get; }

    /// <summary>The default.</summary>
    public object? Value { get; }
}
