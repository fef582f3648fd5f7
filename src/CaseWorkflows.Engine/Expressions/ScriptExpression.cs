using System.Text.RegularExpressions;
using Acornima;
using Acornima.Ast;
using CaseWorkflows.Engine.Execution;
using Jint;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>A parsed script. Parsed once, run in a bounded engine with only the names it uses.</summary>
internal sealed partial class ScriptExpression : CompiledExpression
{
    private const int MaxLength = 50_000;
    private const int LongFrom = 200;
    private static readonly ParserOptions Parsing = new() { AllowReturnOutsideFunction = true };
    private static readonly ScriptPreparationOptions Preparing = new() { FoldConstants = false };
    private readonly ScriptShape _shape;

    private ScriptExpression(Prepared<Script> program, ScriptShape shape)
    {
        Program = program;
        _shape = shape;
        NamesUsed = shape.Names;
    }

    public Prepared<Script> Program { get; }

    /// <summary>Values, operators and quick calls only: it can neither recurse nor turn.</summary>
    public bool IsPlain => _shape.IsPlain;

    /// <summary>Identifiers that occur anywhere in the script: what may have to be provided.</summary>
    public string[] NamesUsed { get; }

    /// <summary>See <see cref="ScriptReferences.Of"/>.</summary>
    public string[] References => _shape.References;

    /// <exception cref="ScriptSyntaxException">With the line and a Swedish message.</exception>
    public static ScriptExpression Compile(string source)
    {
        if (source.Length > MaxLength) throw new ScriptSyntaxException(1, $"skriptet är längre än {MaxLength} tecken.");
        if (source.Length <= LongFrom) return CompileHere(source);
        ScriptThread.TryRun(() => CompileHere(source), null, out var compiled);
        return compiled!;
    }

    public override object? Evaluate(ActivityExecutionContext c) => ScriptEngine.Run(this, new ScriptScope(c, c.Workflow.Environment));

    public override object? EvaluateDetached(BurstEnvironment environment) => ScriptEngine.Run(this, new ScriptScope(null, environment));

    /// <summary>The tree of a script that is judged and not run; null when it is none.</summary>
    internal static Script? Parse(string source)
    {
        if (source.Length > MaxLength) return null;
        if (source.Length <= LongFrom) return ParseHere(source);
        ScriptThread.TryRun(() => ParseHere(source), null, out var parsed);
        return parsed;
    }

    private static Script? ParseHere(string source)
    {
        try
        {
            return AsExpression(ref source) ?? new Parser(Parsing).ParseScript(source);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static ScriptExpression CompileHere(string source)
    {
        try
        {
            var text = source;
            var program = AsExpression(ref text) ?? new Parser(Parsing).ParseScript(text);
            var shape = ScriptShape.Of(program);
            return new ScriptExpression(Jint.Engine.PrepareScript(shape.Guarded(text), options: Preparing), shape);
        }
        catch (ParseErrorException e)
        {
            throw Syntax(e);
        }
        catch (ScriptPreparationException e) when (e.InnerException is ParseErrorException inner)
        {
            throw Syntax(inner);
        }
        catch (Exception e) when (e is not ScriptSyntaxException)
        {
            throw new ScriptSyntaxException(1, e.Message.Contains("nesting", StringComparison.Ordinal) || e is InsufficientExecutionStackException ? "uttrycket är för djupt. Dela upp det." : "går inte att tolka.");
        }
    }

    /// <summary>A lone object literal reads as a block to JavaScript; as a value to everybody who writes one here.</summary>
    private static Script? AsExpression(ref string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{")) return null;
        var bracketed = $"({text}\n)";
        try
        {
            var program = new Parser(Parsing).ParseScript(bracketed);
            text = bracketed;
            return program;
        }
        catch (ParseErrorException)
        {
            return null;
        }
    }

    private static ScriptSyntaxException Syntax(ParseErrorException e) => new(Math.Max(e.LineNumber, 1), Plain(e.Description ?? ""));

    private static string Plain(string description)
    {
        if (Unexpected().Match(description) is { Success: true } token) return $"oväntat \"{token.Groups[1].Value}\".";
        return description switch
        {
            "Unexpected end of input" => "slutar mitt i. Saknas en parentes, en klammer eller ett ` som avslutar en text?",
            "Invalid or unexpected token" => "innehåller ett tecken som inte hör hemma där, eller en text som inte slutar.",
            "missing ) after argument list" => "saknar en parentes efter det som anropet får.",
            "Missing initializer in const declaration" => "const måste få ett värde.",
            "Illegal return statement" => "return står på ett ställe där det inte hör hemma.",
            _ when description.StartsWith("Unexpected identifier", StringComparison.Ordinal) => "oväntat ord. Saknas ett komma, en punkt eller ett citattecken?",
            _ when description.StartsWith("Unexpected str", StringComparison.Ordinal) || description.StartsWith("Unexpected number", StringComparison.Ordinal) => "oväntat värde. Saknas ett komma eller ett räknetecken?",
            _ when description.StartsWith("Unexpected reserved word", StringComparison.Ordinal) || description.StartsWith("Unexpected strict mode reserved word", StringComparison.Ordinal) => "ordet är reserverat i JavaScript.",
            _ when description.StartsWith("Invalid regular expression", StringComparison.Ordinal) => "det reguljära uttrycket går inte att tolka.",
            _ when description.EndsWith("has already been declared", StringComparison.Ordinal) => "samma namn finns redan.",
            _ => "går inte att tolka.",
        };
    }

    [GeneratedRegex("^Unexpected token '(.+)'$")]
    private static partial Regex Unexpected();
}
