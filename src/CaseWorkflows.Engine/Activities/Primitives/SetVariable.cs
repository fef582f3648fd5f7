using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Sätt variabel", Description = "Ger en variabel ett värde.", Order = 500)]
public sealed class SetVariable : CodeActivity
{
    [Input(DisplayName = "Variabel", Description = "Variabeln som får värdet.", UIHint = "variable-picker", Required = true)]
    public Variable? Variable { get; set; }

    [Input(DisplayName = "Värde")]
    public Input<object>? Value { get; set; }

    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (Variable is null) v.Problem(nameof(Variable), "variable", "Ingen variabel är vald.");
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (Variable is null)
        {
            c.Fault("Ingen variabel är vald.");
            return;
        }

        var value = c.Get(Value);
        if (!c.TrySetVariable(Variable.Id, value)) c.SetVariable(Variable.Name, value);
    }
}
