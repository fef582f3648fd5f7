using System.Collections;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Upprepning", DisplayName = "För var och en samtidigt", Description = "Gör ett steg för var och en i en lista, alla samtidigt; klart när alla är klara.", Order = 330)]
public sealed class ParallelForEach : Activity
{
    // Each is a branch of the run's state, which every burst reads and writes whole.
    private const int MostAtOnce = 1_000;

    [Input(DisplayName = "Lista", Description = "Det som gås igenom.", DefaultSyntax = "JavaScript", Required = true)]
    public Input<object>? Items { get; set; }

    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    /// <summary>Elsa does not read a list written as Object text without a list type; it loops over nothing.</summary>
    private bool IsUntypedObject => Items is { Expression.Type: "Object", StatedType: "Object" };

    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (IsUntypedObject) v.Problem(nameof(Items), "list", "Listan är skriven som Object och läses då inte som en lista. Skriv den som JavaScript i stället.");
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var items = IsUntypedObject || Body is null ? [] : ListOf(c.Get(Items));
        if (items.Count > MostAtOnce) throw new InvalidOperationException($"Högst {MostAtOnce} kan göras samtidigt, men listan har {items.Count}. Dela upp den.");
        for (var i = 0; i < items.Count; i++) c.Schedule(Body!, null, new Dictionary<string, object?> { ["CurrentValue"] = items[i], ["CurrentIndex"] = i });
        if (items.Count == 0) c.Complete();
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (!c.HasPendingWork) c.Complete();
    }

    private static List<object?> ListOf(object? value) => value switch
    {
        null or string => [],
        IDictionary => [value],
        IEnumerable e => [.. e.Cast<object?>()],
        _ => [value],
    };
}
