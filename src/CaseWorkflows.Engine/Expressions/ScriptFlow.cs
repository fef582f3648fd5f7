using Acornima.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// Judges, without running it, how much a script tells of what it reads. In doubt it tells more: whatever is not known to keep a value whole
/// takes it to pieces, whatever then becomes of the pieces. Only what is gone through once, from top to bottom, is followed value by value; a script
/// with functions, loops, spread or the like may do no more with a whole value than take a coded property of it.
/// </summary>
public sealed class ScriptFlow
{
    /// <summary>The name that has every variable as a property.</summary>
    public const string AllVariables = "variables";

    private const int MaxDepth = 200;

    // A script whose names are each set from the next one would take as many turns as it has names.
    private const int MostTurns = 30;

    // A value as it is, only written otherwise, or whether it is empty.
    private static readonly HashSet<string> Keeping = new(StringComparer.Ordinal) { "String", "Number", "Boolean", "isNullOrEmpty", "isNullOrWhiteSpace" };

    private static readonly HashSet<string> KeepingMethods = new(StringComparer.Ordinal) { "trim", "toLowerCase", "toUpperCase", "toString" };

    // Whether a word stands in it; of single letters and figures each answer would be a piece.
    private static readonly HashSet<string> AskingMethods = new(StringComparer.Ordinal) { "includes", "startsWith", "endsWith" };

    private const int LettersOfWord = 3;

    private readonly Func<ScriptRead, Told> _read;
    private readonly IReadOnlySet<string> _coded;
    private readonly Dictionary<string, Told> _own = new(StringComparer.Ordinal);
    private bool _straight;
    private bool _takesToPieces;
    private int _depth;

    private ScriptFlow(Func<ScriptRead, Told> read, IReadOnlySet<string> coded)
    {
        _read = read;
        _coded = coded;
    }

    /// <summary>How much the result, or anything that the script sets, tells.</summary>
    public Told Result { get; private set; }

    /// <summary>Comparisons of whole values with stated ones: each tells a yes or no.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Something is set beside the result: a variable, the run's name or its correlation id.</summary>
    public bool Sets { get; private set; }

    /// <param name="read">What a name tells: of a variable, an input or something global.</param>
    /// <param name="coded">Properties that hold a code or a number, whatever they are taken of.</param>
    public static ScriptFlow Of(string source, Func<ScriptRead, Told> read, IReadOnlySet<string> coded)
    {
        var flow = new ScriptFlow(read, coded);
        if (ScriptExpression.Parse(source) is { } program) flow.Judge(program);
        else flow.Result = Told.Parts;
        return flow;
    }

    // Its own names are read before they are set where it turns, so it is gone through until they tell no more.
    private void Judge(Script program)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Declare(program, names);
        foreach (var name in names) _own[name] = Told.Stated;
        _straight = IsStraight(program);
        var turns = 0;
        for (var before = -1; before != _own.Values.Sum(t => (int)t);)
        {
            if (++turns > MostTurns)
            {
                Result = Told.Parts;
                return;
            }

            before = _own.Values.Sum(t => (int)t);
            Comparisons = 0;
            Result = Of(program);
            if (_takesToPieces) Result = Told.Parts;
        }
    }

    /// <summary>Each expression of it runs once at most, and nothing runs that is not written where it runs.</summary>
    private static bool IsStraight(Node node) => node switch
    {
        Script or ReturnStatement or ExpressionStatement or BlockStatement or IfStatement or EmptyStatement => true,
        ParenthesizedExpression or ChainExpression or ConditionalExpression or SequenceExpression => true,
        ArrayExpression or ObjectExpression or ObjectProperty { Computed: false, Method: false } => true,
        LogicalExpression or BinaryExpression or NonUpdateUnaryExpression => true,
        TemplateLiteral or TemplateElement or Literal or Identifier or MemberExpression or CallExpression => true,
        VariableDeclaration or VariableDeclarator { Id: Identifier } or AssignmentExpression { Left: Identifier } => true,
        _ => false,
    } && node.ChildNodes.All(child => child is null || IsStraight(child));

    private static bool IsPlainRead(Node node) => node switch
    {
        Identifier or MemberExpression => true,
        ParenthesizedExpression or ChainExpression => node.ChildNodes.All(IsPlainRead!),
        CallExpression { Callee: Identifier } c => c.Arguments.All(a => a is Literal),
        _ => false,
    };

    private static void Declare(Node node, HashSet<string> names)
    {
        ScriptReferences.Declare(node, names);
        foreach (var child in node.ChildNodes)
            if (child is not null) Declare(child, names);
    }

    private Told Of(Node? node)
    {
        if (node is null) return Told.Stated;
        try
        {
            var told = ++_depth > MaxDepth ? Told.Parts : Judged(node);
            if (told == Told.Whole && !_straight && !IsPlainRead(node)) told = Told.Parts;
            _takesToPieces |= told == Told.Parts;
            return told;
        }
        finally
        {
            _depth--;
        }
    }

    private Told Judged(Node node) => node switch
    {
        Script s => Most(s.Body),
        ReturnStatement r => Of(r.Argument),
        ExpressionStatement e => Of(e.Expression),
        ParenthesizedExpression p => Of(p.Expression),
        ChainExpression c => Of(c.Expression),
        ConditionalExpression c => Larger(Asked(Of(c.Test)), Most([c.Consequent, c.Alternate])),
        SequenceExpression s => Most(s.Expressions),
        ArrayExpression a => Most(a.Elements),
        ObjectExpression o => Most(o.Properties),
        ObjectProperty { Computed: false, Method: false } p => Of(p.Value),
        LogicalExpression l => Larger(Asked(Of(l.Left)), Of(l.Right)),
        BinaryExpression b => OfBinary(b),
        TemplateLiteral t => Most(t.Expressions),
        NonUpdateUnaryExpression { Operator: Acornima.Operator.LogicalNot } u => Asked(Of(u.Argument)),
        MemberExpression m => OfMember(m),
        CallExpression c => OfCall(c),
        Identifier i => OfName(i.Name),
        RegExpLiteral or Literal => Told.Stated,
        ThisExpression => Told.Parts,
        VariableDeclaration v => Most(v.Declarations),
        VariableDeclarator { Id: Identifier i } v => OfOwn(i.Name, Of(v.Init)),
        AssignmentExpression { Left: Identifier i } a => OfOwn(i.Name, a.Operator == Acornima.Operator.Assignment ? Of(a.Right) : Derived([a.Left, a.Right])),
        AssignmentExpression { Left: MemberExpression m } a when RootOf(m) is { } own => OfOwn(own, a.Operator == Acornima.Operator.Assignment ? Placed(m, Of(a.Right)) : Derived([m, a.Right])),
        AssignmentExpression { Left: MemberExpression } or UpdateExpression { Argument: MemberExpression } => OfSetting(node),
        _ => Derived(node.ChildNodes),
    };

    private static Told Larger(Told one, Told other) => one > other ? one : other;

    // Whether there is something, or what a function of the host or of JavaScript says to it, is a question as well.
    private Told Asked(Told told)
    {
        if (told == Told.Whole) Comparisons++;
        return told;
    }

    // Setting one of its own tells nothing yet; reading it does.
    private Told OfOwn(string name, Told told)
    {
        if (!_own.TryGetValue(name, out var before)) return told >= Told.Whole ? Told.Parts : told;
        if (told > before) _own[name] = told;
        _takesToPieces |= told == Told.Parts;
        return Told.Stated;
    }

    /// <summary>Which of its own names the property is of.</summary>
    private string? RootOf(Node node) => node switch
    {
        MemberExpression m => RootOf(m.Object),
        Identifier i when _own.ContainsKey(i.Name) => i.Name,
        _ => null,
    };

    // Where it is put may tell as well, a property may be one that does something with what it is given, and what holds a whole value and is
    // changed may give that by another name.
    private Told Placed(MemberExpression m, Told told) =>
        told >= Told.Whole || Of(m.Object) >= Told.Whole || (m.Computed && Of(m.Property) >= Told.Whole) ? Told.Parts : told;

    private Told OfName(string name)
    {
        // Handed on whole, it can be set by whatever gets it.
        if (IsSetter(name) || name == AllVariables) Sets = true;
        return WithOwn(_read(new ScriptRead(name, null, null)), _own.GetValueOrDefault(name));
    }

    // A name that is declared again, or only later, is still what it was.
    private static Told WithOwn(Told read, Told own) => own > read ? own : read;

    private Told OfSetting(Node node)
    {
        Sets = true;
        return Derived(node.ChildNodes);
    }

    private Told Most(IEnumerable<Node?> nodes)
    {
        var most = Told.Stated;
        foreach (var node in nodes)
            if (Of(node) is var told && told > most) most = told;
        return most;
    }

    private Told Derived(IEnumerable<Node?> nodes) => Most(nodes) switch { >= Told.Whole => Told.Parts, _ => Told.Known };

    private Told OfBinary(BinaryExpression b)
    {
        // Put among words that stand there it is as whole as before. Two numbers together may be a search.
        if (IsText(b)) return Most([b.Left, b.Right]);
        if (b.Operator is not (Acornima.Operator.StrictEquality or Acornima.Operator.StrictInequality or Acornima.Operator.Equality or Acornima.Operator.Inequality))
            return Derived([b.Left, b.Right]);
        var (left, right) = (Of(b.Left), Of(b.Right));
        return Compared(left < right ? left : right, left < right ? right : left);
    }

    private static bool IsText(Node node) => node switch
    {
        StringLiteral or TemplateLiteral => true,
        ParenthesizedExpression p => IsText(p.Expression),
        BinaryExpression { Operator: Acornima.Operator.Addition } b => IsText(b.Left) || IsText(b.Right),
        _ => false,
    };

    private static bool IsWord(Node node) => node is StringLiteral { Value: var text } && text.Count(char.IsLetter) >= LettersOfWord;

    // With what the routine states it is a yes or no; with what changes from turn to turn it is a search.
    private Told Compared(Told less, Told more)
    {
        if (more < Told.Whole) return more;
        Comparisons++;
        return more == Told.Whole && less == Told.Stated ? Told.Whole : Told.Parts;
    }

    private Told OfMember(MemberExpression m)
    {
        var name = m.Computed ? (m.Property as StringLiteral)?.Value : (m.Property as Identifier)?.Name;
        if (m.Object is Identifier root && name is not null && !IsIndex(name))
            return WithOwn(_read(new ScriptRead(root.Name, null, name)), OfProperty(_own.GetValueOrDefault(root.Name), name));
        var whole = Of(m.Object);
        if (name is not null && !IsIndex(name)) return OfProperty(whole, name);
        var at = m.Computed ? Of(m.Property) : Told.Stated;
        return whole >= Told.Whole || at >= Told.Whole ? Told.Parts : whole > at ? whole : at;
    }

    private Told OfProperty(Told whole, string name) => whole == Told.Whole && _coded.Contains(name) ? Told.Known : whole;

    private static bool IsIndex(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);

    private Told OfCall(CallExpression c)
    {
        var given = c.Arguments.Select(Of).ToList();
        var most = given.Count == 0 ? Told.Stated : given.Max();
        switch (c.Callee)
        {
            case Identifier f when _own.ContainsKey(f.Name):
                return Derived(c.ChildNodes);
            case Identifier f:
                if (IsSetter(f.Name)) Sets = true;
                var own = _read(new ScriptRead(f.Name, c.Arguments.Count > 0 ? (c.Arguments[0] as StringLiteral)?.Value : null, null) { IsCall = true });
                if (most < Told.Whole) return own > most ? own : most;
                // One whole value among stated ones gives one answer.
                if (Keeping.Contains(f.Name)) return f.Name.StartsWith("is", StringComparison.Ordinal) ? Asked(most) : most;
                return !Sets && own == Told.Known && most == Told.Whole && given.Count(g => g != Told.Stated) == 1 ? Asked(most) : Told.Parts;
            case MemberExpression { Computed: false, Property: Identifier method } m:
                var of = Of(m.Object);
                if (of < Told.Whole && most < Told.Whole) return of > most ? of : most > Told.Known ? most : Told.Known;
                if (of == Told.Whole && given.Count == 0 && KeepingMethods.Contains(method.Name)) return of;
                if (of == Told.Whole && AskingMethods.Contains(method.Name) && c.Arguments.Count == 1 && IsWord(c.Arguments[0])) return Compared(most, of);
                return Told.Parts;
            default:
                return Derived(c.ChildNodes);
        }
    }

    private static bool IsSetter(string name) => name.Length > 3 && name.StartsWith("set", StringComparison.Ordinal) && char.IsUpper(name[3]);
}
