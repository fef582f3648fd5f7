namespace CaseWorkflows.Cases.Access;

/// <summary>
/// A condition that stands once and is asked twice: of the database in a WHERE, and of a row in memory. Its SQL may come out as NULL
/// for a row, which means no, in a negation too.
/// </summary>
internal sealed class Rule<T>
{
    public static readonly Rule<T> Always = new(_ => "true", _ => true);
    public static readonly Rule<T> Never = new(_ => "false", _ => false);

    private readonly Func<RuleParameters, string> _sql;
    private readonly Func<T, bool> _holds;

    private Rule(Func<RuleParameters, string> sql, Func<T, bool> holds)
    {
        _sql = sql;
        _holds = holds;
    }

    /// <param name="sql">The values in it become parameters; another rule in it stands as its own SQL.</param>
    /// <param name="holds">The same, asked of a row.</param>
    public static Rule<T> When(FormattableString sql, Func<T, bool> holds) => new(p => p.Render(sql), holds);

    public bool Holds(T row) => _holds(row);

    public string Sql(RuleParameters parameters) => _sql(parameters);

    public static Rule<T> operator &(Rule<T> a, Rule<T> b) =>
        a == Never || b == Never ? Never : a == Always ? b : b == Always ? a
        : new Rule<T>(p => $"({a._sql(p)} AND {b._sql(p)})", row => a._holds(row) && b._holds(row));

    public static Rule<T> operator |(Rule<T> a, Rule<T> b) =>
        a == Always || b == Always ? Always : a == Never ? b : b == Never ? a
        : new Rule<T>(p => $"({a._sql(p)} OR {b._sql(p)})", row => a._holds(row) || b._holds(row));

    public static Rule<T> operator !(Rule<T> a) =>
        a == Never ? Always : a == Always ? Never : new Rule<T>(p => $"NOT coalesce({a._sql(p)}, false)", row => !a._holds(row));
}
