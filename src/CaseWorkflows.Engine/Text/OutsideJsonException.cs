using System.Text.Json;

namespace CaseWorkflows.Engine.Text;

/// <summary>JSON from outside that cannot be taken. Every fault at once, in Swedish, by the path of its field: <c>patient.name</c>, <c>attachments[0].name</c>; <c>$</c> is the whole.</summary>
public sealed class OutsideJsonException : JsonException
{
    public OutsideJsonException(IReadOnlyDictionary<string, string[]> errors, long? line = null, long? column = null)
        : base(errors.Count > 0 ? errors.First().Value[0] : null, null, line, column)
    {
        Errors = errors;
    }

    public IReadOnlyDictionary<string, string[]> Errors { get; }
}
