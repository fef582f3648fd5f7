using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Execution;
using Jint.Parser;
using Jint.Parser.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>A parsed script. Parsed once, run in a bounded engine with only the names it uses.</summary>
internal sealed partial class ScriptExpression : CompiledExpression
{
    private ScriptExpression(string source, Program program, string[] names)
    {
        Source = source;
        Program = program;
        NamesUsed = names;
    }

    public string Source { get; }

    public Program Program { get; }

    /// <summary>Identifiers that occur anywhere in the script: what may have to be provided.</summary>
    public string[] NamesUsed { get; }

    /// <exception cref="ScriptSyntaxException">With the line and a Swedish message.</exception>
    public static ScriptExpression Compile(string source)
    {
        var lowered = TemplateLiterals.Lower(source);
        var names = Identifier().Matches(lowered).Select(m => m.Value).Distinct().ToArray();
        var program = ParseExpression(lowered) ?? ParseBody(lowered);
        ScriptGuards.Insert(program);
        return new ScriptExpression(source, program, names);
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
            "Unexpected reserved word" => "ordet är reserverat i JavaScript. Nyare skrivsätt som class och let finns inte här.",
            _ => $"går inte att tolka ({description}).",
        };
    }

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{Nd}_$]*")]
    private static partial Regex Identifier();
}
