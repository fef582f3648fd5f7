namespace CaseWorkflows.Engine.Authoring;

/// <summary>
/// An input of an activity: on a property of type <see cref="Input{T}"/> (an expression), or of a plain type (a value stored as it is).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    public string? Name { get; set; }

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public string UIHint { get; set; } = "";

    public string? Category { get; set; }

    public int Order { get; set; }

    /// <summary>The value an absent input has, as a constant.</summary>
    public object? DefaultValue { get; set; }

    public string DefaultSyntax { get; set; } = "Literal";

    /// <summary>Choices for a list, each "value" or "value|shown text".</summary>
    public string[]? Options { get; set; }

    /// <summary>Name of a provider of choices, resolved by the host: "roles", "units"…</summary>
    public string? OptionsProvider { get; set; }

    /// <summary>Extra UI specifications as JSON text, merged into what the hint gives.</summary>
    public string? UiSpecifications { get; set; }

    public bool IsReadOnly { get; set; }

    public bool IsSensitive { get; set; }

    public bool IsBrowsable { get; set; } = true;

    /// <summary>An input the activity must have; its absence is a problem found at publish.</summary>
    public bool Required { get; set; }

    /// <summary>The longest text, in UTF-16 code units; 0 = what <see cref="InputLengths"/> says of such an input. A longer one fails the step.</summary>
    public int MaxLength { get; set; }

    /// <summary>False: evaluated only when the activity asks for it, each time anew.</summary>
    public bool AutoEvaluate { get; set; } = true;
}
