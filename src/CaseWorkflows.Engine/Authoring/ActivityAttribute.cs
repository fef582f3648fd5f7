namespace CaseWorkflows.Engine.Authoring;

/// <summary>Makes a class an activity. The type name is <c>Namespace.Name</c>; texts are Swedish and shown in the designer.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    public string Namespace { get; set; } = "Elsa";

    /// <summary>Defaults to the class name without a trailing "Activity".</summary>
    public string? Name { get; set; }

    public int Version { get; set; } = 1;

    public string Category { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public ActivityKind Kind { get; set; } = ActivityKind.Action;

    /// <summary>Place in the toolbox, lowest first.</summary>
    public int Order { get; set; } = 1000;

    /// <summary>Hidden from the toolbox (but known, drawn and run).</summary>
    public bool Hidden { get; set; }

    public bool IsStart { get; set; }

    public bool IsTerminal { get; set; }

    public bool IsContainer { get; set; }

    /// <summary>Only developers may use it in a definition.</summary>
    public bool DevelopersOnly { get; set; }
}
