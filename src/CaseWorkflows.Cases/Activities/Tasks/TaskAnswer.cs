using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>What a person answered in a human task, as routines read it: <c>svar.utfall</c>, <c>svar.falt</c>, <c>svar.person</c>, <c>svar.roll</c>, <c>svar.enhet</c>, <c>svar.uppgift</c>.</summary>
internal sealed record TaskAnswer(string Outcome, IReadOnlyDictionary<string, object?> Fields, string? Person, string? PersonName, string? Role, string? Unit, string? TaskId)
{
    private static readonly Dictionary<string, object?> NoFields = [];

    /// <summary>From a task's resume input (English keys) or a routine's variable (Swedish keys).</summary>
    public static TaskAnswer? From(object? value)
    {
        var map = Values.ConvertTo<IReadOnlyDictionary<string, object?>>(value);
        if (map is null) return null;
        string? Text(string english, string swedish) => (map.GetValueOrDefault(english) ?? map.GetValueOrDefault(swedish))?.ToString();
        return new TaskAnswer(
            Text("outcome", "utfall") ?? "",
            Values.ConvertTo<IReadOnlyDictionary<string, object?>>(map.GetValueOrDefault("fields") ?? map.GetValueOrDefault("falt")) ?? NoFields,
            Text("completedBy", "person"), Text("completedByName", "namn"), Text("role", "roll"), Text("unit", "enhet"), Text("taskId", "uppgift"));
    }

    public IReadOnlyDictionary<string, object?> ToVariable() => new Dictionary<string, object?>
    {
        ["utfall"] = Outcome, ["falt"] = Fields, ["person"] = Person, ["namn"] = PersonName, ["roll"] = Role, ["enhet"] = Unit, ["uppgift"] = TaskId
    };
}
