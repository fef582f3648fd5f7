using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Execution;
using Jint.Parser;
using Jint.Parser.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>A parsed script. Parsed once, run in a bounded engine with only the names it uses.</summary>
internal sealed partial class ScriptExpression : CompiledExpression
{
    private const int MaxLength = 50_000;
    private const int MaxDepth = 1_000;
    private const int DeepFrom = 40;
    private const int LongFrom = 500;
    private readonly string _lowered;
    private readonly Program _program;
    private readonly ScriptGuards.Shape _shape;

    private ScriptExpression(string lowered, Program program, ScriptGuards.Shape shape, string[] names)
    {
        _lowered = lowered;
        _program = program;
        _shape = shape;
        NamesUsed = names;
    }

    /// <summary>A regular expression keeps state in the parsed tree, so a script that has one is parsed anew for each run.</summary>
    public Program Program => _shape.HasRegex ? Parse(_lowered).Program : _program;

    public bool IsDeep => _shape.Depth > DeepFrom;

    /// <summary>Identifiers that occur anywhere in the script: what may have to be provided.</summary>
    public string[] NamesUsed { get; }

    /// <exception cref="ScriptSyntaxException">With the line and a Swedish message.</exception>
    public static ScriptExpression Compile(string source)
    {
        if (source.Length > MaxLength) throw new ScriptSyntaxException(1, $"skriptet är längre än {MaxLength} tecken.");
        return source.Length > LongFrom ? LargeStack.Run(() => CompileHere(source)) : CompileHere(source);
    }

    private static ScriptExpression CompileHere(string source)
    {
        var lowered = TemplateLiterals.Lower(source);
        var names = Identifier().Matches(lowered).Select(m => m.Value).Distinct().ToArray();
        var (program, shape) = Parse(lowered);
        if (shape.Depth > MaxDepth) throw new ScriptSyntaxException(1, "uttrycket är för djupt. Dela upp det.");
        return new ScriptExpression(lowered, program, shape, names);
    }

    private static (Program Program, ScriptGuards.Shape Shape) Parse(string lowered)
    {
        var program = ParseExpression(lowered) ?? ParseBody(lowered);
        return (program, ScriptGuards.Insert(program));
    }

    public override object? Evaluate(ActivityExecutionContext c) => ScriptEngine.Run(this, new ScriptScope(c, c.Workflow.Environment));

    public override object? EvaluateDetached(BurstEnvironment environment) => ScriptEngine.Run(this, new ScriptScope(null, environment));

    /// <summary>Whether the script may call a function of this name; used to keep only outputs somebody reads.</summary>
    public bool Mentions(string name) => NamesUsed.Contains(name);

    /// <summary>A lone object literal reads as a block to JavaScript; as a value to everybody who writes one here.</summary>
    private static Program? ParseExpression(string source)
    {
        if (!source.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            return new JavaScriptParser().Parse($"({source}\n)");
        }
        catch (ParserException)
        {
            return null;
        }
    }

    private static Program ParseBody(string source)
    {
        try
        {
            if (!source.Contains("return", StringComparison.Ordinal)) return new JavaScriptParser().Parse(source);
            try
            {
                return new JavaScriptParser().Parse(source);
            }
            catch (ParserException e) when (e.Description?.Contains("return", StringComparison.OrdinalIgnoreCase) ?? false)
            {
                return new JavaScriptParser().Parse($"(function(){{{source}\n}}).call(this)");
            }
        }
        catch (ParserException e)
        {
            throw new ScriptSyntaxException(Math.Max(e.LineNumber, 1), Plain(e.Description ?? ""));
        }
        catch (Exception e) when (e is not ScriptSyntaxException)
        {
            throw new ScriptSyntaxException(1, "går inte att tolka.");
        }
    }

    private static string Plain(string description)
    {
        const string Unexpected = "Unexpected token ";
        if (description.StartsWith(Unexpected, StringComparison.Ordinal))
        {
            var token = description[Unexpected.Length..];
            return token switch
            {
                "ILLEGAL" => "innehåller ett tecken som inte hör hemma där.",
                ">" or "=>" => "oväntat \">\". Pilfunktioner (=>) finns inte här; skriv function (x) { return …; }.",
                "?" or "." => $"oväntat \"{token}\". Nyare skrivsätt som ?? och ?. finns inte här.",
                _ => $"oväntat \"{token}\".",
            };
        }

        return description switch
        {
            "Unexpected end of input" => "slutar mitt i. Saknas en parentes eller klammer?",
            "Unexpected identifier" => "oväntat ord. Saknas ett komma, en punkt eller ett citattecken?",
            "Unexpected string" or "Unexpected number" => "oväntat värde. Saknas ett komma eller ett räknetecken?",
            "Unexpected reserved word" => "ordet är reserverat i JavaScript. Nyare skrivsätt som class finns inte här.",
            _ => $"går inte att tolka ({description}).",
        };
    }

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{Nd}_$]*")]
    private static partial Regex Identifier();
}
