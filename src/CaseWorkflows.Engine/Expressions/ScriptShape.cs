using Acornima.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// What is known of a script before it is run: the names in it, and whether it is plain, that is made of values, operators and calls
/// that cannot take long, without loops, functions, variables of its own or regular expressions. Nearly every expression of a routine is.
/// </summary>
internal sealed class ScriptShape
{
    /// <summary>Called with what is walked through character by character or property by property, so that it is not too long for that.</summary>
    public const string WalkGuard = "__walk";

    public const int MaxPattern = 1_000;
    private const int MaxDepth = 250;
    private const int MaxPlainNodes = 500;
    private const int MaxPatterns = 5_000;

    // Of what JavaScript itself has; every other global of the engine makes a script one that is not plain.
    private static readonly HashSet<string> PlainGlobals = new(StringComparer.Ordinal)
    {
        "Date", "Math", "Number", "String", "Boolean", "isNaN", "isFinite", "parseInt", "parseFloat", "undefined", "NaN", "Infinity", "toString",
        "encodeURIComponent", "encodeURI",
    };

    private static readonly HashSet<string> PlainMethods = new(StringComparer.Ordinal)
    {
        "indexOf", "includes", "startsWith", "endsWith", "substring", "substr", "slice", "charAt", "charCodeAt", "at", "trim", "trimStart", "trimEnd",
        "toUpperCase", "toLowerCase", "toString", "valueOf", "toFixed", "toISOString", "hasOwnProperty", "getTime", "getFullYear", "getMonth", "getDate",
        "getDay", "getHours", "getMinutes", "getSeconds", "getMilliseconds", "getTimezoneOffset", "now", "abs", "floor", "ceil", "round", "trunc", "sign",
        "min", "max", "pow", "sqrt", "random",
    };

    private static readonly HashSet<string> EngineGlobals =
        [.. new Jint.Engine().Global.GetOwnPropertyKeys(Jint.Runtime.Types.String).Select(k => k.ToString()), "constructor", "prototype", "__proto__", "call", "apply", "bind"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(int At, string Text)> _insertions = [];
    private readonly ScriptReferences _references = new();
    private int _patterns;

    private ScriptShape()
    {
    }

    public string[] Names => [.. _names];

    /// <summary>See <see cref="ScriptReferences.Of"/>.</summary>
    public string[] References => _references.Outside;

    public bool IsPlain { get; private set; } = true;

    /// <exception cref="ScriptSyntaxException">Something that is not to be had here, or nested too deep.</exception>
    public static ScriptShape Of(Script program)
    {
        var shape = new ScriptShape();
        var nodes = 0;
        var stack = new Stack<(Node Node, int Depth)>();
        stack.Push((program, 1));
        while (stack.TryPop(out var at))
        {
            if (at.Depth > MaxDepth) throw new ScriptSyntaxException(Line(at.Node), "uttrycket är för djupt. Dela upp det.");
            if (++nodes > MaxPlainNodes) shape.IsPlain = false;
            shape.Look(at.Node);
            shape._references.Look(at.Node);
            foreach (var child in at.Node.ChildNodes)
                if (child is not null) stack.Push((child, at.Depth + 1));
        }

        return shape;
    }

    /// <summary>The source with the guards put in; every line stays where it is.</summary>
    public string Guarded(string source)
    {
        if (_insertions.Count == 0) return source;
        var result = new System.Text.StringBuilder(source);
        foreach (var (at, text) in _insertions.OrderByDescending(i => i.At)) result.Insert(at, text);
        return result.ToString();
    }

    private static int Line(Node node) => Math.Max(1, node.Location.Start.Line);

    private static ScriptSyntaxException Refused(Node node, string message) => new(Line(node), message);

    private void Look(Node node)
    {
        switch (node)
        {
            case Identifier i:
                if (i.Name == WalkGuard) throw Refused(node, $"namnet {WalkGuard} är upptaget.");
                _names.Add(i.Name);
                if (EngineGlobals.Contains(i.Name) && !PlainGlobals.Contains(i.Name)) IsPlain = false;
                break;
            case IFunction { Generator: true } or YieldExpression:
                throw Refused(node, "generatorfunktioner (function*) finns inte här. Samla värdena i en lista.");
            case IFunction { Async: true } or AwaitExpression or ForOfStatement { Await: true }:
                throw Refused(node, "async och await finns inte här: ett skript väntar inte på något.");
            case ImportExpression:
                throw Refused(node, "import finns inte här.");
            case BigIntLiteral:
                throw Refused(node, "BigInt-tal (som slutar på n) finns inte här. Skriv ett vanligt tal.");
            case WithStatement:
                throw Refused(node, "with finns inte här.");
            case RestElement when node.Type == NodeType.RestElement && _objectRests.Contains(node):
                throw Refused(node, "”...” som samlar resten av ett objekts fält finns inte här. Skriv ut de fält som behövs.");
            case ObjectPattern p:
                IsPlain = false;
                foreach (var property in p.Properties)
                    if (property is RestElement rest) _objectRests.Add(rest);
                break;
            case RegExpLiteral r:
                IsPlain = false;
                _patterns += r.RegExp.Pattern.Length;
                if (r.RegExp.Pattern.Length > MaxPattern || _patterns > MaxPatterns) throw Refused(node, "det reguljära uttrycket är för långt.");
                break;
            case ForInStatement f:
                IsPlain = false;
                Guard(f.Right);
                break;
            case ObjectExpression o:
                foreach (var property in o.Properties)
                    if (property is SpreadElement spread) Guard(spread.Argument);
                break;
            case IFunction or IClass or WhileStatement or DoWhileStatement or ForStatement or ForOfStatement or LabeledStatement
                or SpreadElement or RestElement or TaggedTemplateExpression or AssignmentExpression or UpdateExpression or VariableDeclaration or ArrayPattern:
                IsPlain = false;
                break;
            case NewExpression n:
                if (n.Callee is not Identifier { Name: "Date" }) IsPlain = false;
                break;
            case CallExpression c:
                if (!IsPlainCall(c.Callee)) IsPlain = false;
                break;
        }
    }

    private readonly HashSet<Node> _objectRests = new(ReferenceEqualityComparer.Instance);

    private static bool IsPlainCall(Node callee) => callee switch
    {
        Identifier => true,
        MemberExpression { Computed: false, Property: Identifier i } => PlainMethods.Contains(i.Name),
        _ => false,
    };

    private void Guard(Node argument)
    {
        _insertions.Add((argument.Start, WalkGuard + "("));
        _insertions.Add((argument.End, ")"));
    }
}
