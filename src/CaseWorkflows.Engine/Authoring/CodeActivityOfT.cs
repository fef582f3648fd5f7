namespace CaseWorkflows.Engine.Authoring;

/// <summary>A <see cref="CodeActivity"/> with one output, <c>Result</c>.</summary>
public abstract class CodeActivity<T> : CodeActivity
{
    [Output(DisplayName = "Resultat", Description = "Det som steget kom fram till.")]
    public Output<T>? Result { get; set; }
}
