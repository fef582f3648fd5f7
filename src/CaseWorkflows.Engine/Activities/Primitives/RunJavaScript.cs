using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Skript", DisplayName = "Kör JavaScript", Description = "Kör ett kort skript. Skriptet kan välja utfall med setOutcome.", Order = 600, DevelopersOnly = true)]
public sealed class RunJavaScript : Activity
{
    private ScriptExpression? _script;

    [Input(DisplayName = "Skript", UIHint = "code-editor", DefaultSyntax = "JavaScript", AutoEvaluate = false, Required = true, UiSpecifications = """{"code-editor":{"language":"javascript","editorHeight":1}}""")]
    public Input<string>? Script { get; set; }

    [Input(DisplayName = "Möjliga utfall", UIHint = "dynamic-outcomes", UiSpecifications = """{"DynamicOutcomesOptions":{"fixedOutcomes":["Done"]}}""")]
    public Input<List<string>>? PossibleOutcomes { get; set; }

    [Output(DisplayName = "Resultat", Description = "Det som skriptet ger tillbaka.")]
    public Output<object>? Result { get; set; }

    internal override void Bind(ActivityBinder b)
    {
        // The text is run once, as the script it is, whichever syntax the designer stored it with.
        _script = b.Script(Script, b.Path + ".script", "Skript");
        if (Script is not null) Script.Compiled = new ConstantExpression(null);
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (_script is null)
        {
            if (Script?.Expression?.Value is { } text && Values.ToText(text).Trim().Length > 0) c.Fault("Skriptet går inte att tolka.");
            else c.Complete();
            return;
        }

        var scope = new ScriptScope(c, c.Workflow.Environment);
        c.Set(Result, ScriptEngine.Run(_script, scope));
        c.CompleteWithOutcomes(scope.Outcomes is { Count: > 0 } outcomes ? [.. outcomes] : ["Done"]);
    }
}
