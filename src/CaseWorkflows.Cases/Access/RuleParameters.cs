using System.Globalization;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Access;

/// <summary>The parameters of a statement that a rule's SQL goes into. A value that stands in several rules is sent once.</summary>
internal sealed class RuleParameters
{
    private readonly Func<object, string> _add;
    private readonly Dictionary<object, string> _known = new(ReferenceEqualityComparer.Instance);

    private RuleParameters(Func<object, string> add) => _add = add;

    /// <summary>Positional parameters of a command, after those that it has.</summary>
    public static RuleParameters Of(NpgsqlParameterCollection parameters) => new(value =>
    {
        parameters.Add(value switch
        {
            string text => Sql.Value(text),
            string[] texts => Sql.Value(texts),
            DateTimeOffset at => Sql.Value(at),
            _ => throw new ArgumentException($"No parameter type for {value.GetType()}.", nameof(value))
        });
        return "$" + parameters.Count.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>For EF Core's raw SQL, which numbers its values from 0 in braces.</summary>
    public static RuleParameters Of(List<object> values) => new(value =>
    {
        values.Add(value);
        return "{" + (values.Count - 1).ToString(CultureInfo.InvariantCulture) + "}";
    });

    public string Add(object value)
    {
        if (_known.TryGetValue(value, out var known)) return known;
        return _known[value] = _add(value);
    }

    public string Render(FormattableString sql) => string.Format(
        CultureInfo.InvariantCulture, sql.Format,
        [.. sql.GetArguments().Select(a => a switch
        {
            Rule<Tasks.TaskRecord> task => task.Sql(this),
            Rule<CaseFacts> ofCase => ofCase.Sql(this),
            null => throw new ArgumentException("A rule's value is missing.", nameof(sql)),
            _ => (object)Add(a)
        })]);
}
