using Acornima.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Names that a script leans on: called, made with <c>new</c>, or read a property of.</summary>
public sealed class ScriptReferences
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal) { "arguments" };

    /// <summary>
    /// Those that the script does not declare or set anywhere itself, and that JavaScript does not have here. In doubt a name counts as the
    /// script's own; one that cannot be read has none, which is told otherwise.
    /// </summary>
    public static IReadOnlyCollection<string> Of(string script)
    {
        try
        {
            return ScriptExpression.Compile(script).References;
        }
        catch (ScriptSyntaxException)
        {
            return [];
        }
    }

    internal string[] Outside => [.. _used.Where(n => !_own.Contains(n) && !ScriptNatives.Kept.Contains(n))];

    internal void Look(Node node)
    {
        switch (node)
        {
            case CallExpression { Callee: Identifier called }: _used.Add(called.Name); break;
            case NewExpression { Callee: Identifier made }: _used.Add(made.Name); break;
            case MemberExpression { Object: Identifier read }: _used.Add(read.Name); break;
            case VariableDeclarator declarator: Declare(declarator.Id); break;
            case AssignmentExpression assignment: Declare(assignment.Left); break;
            case ForInStatement loop: Declare(loop.Left); break;
            case ForOfStatement loop: Declare(loop.Left); break;
            case CatchClause { Param: { } caught }: Declare(caught); break;
            case IFunction function:
                Declare(function.Id);
                foreach (var parameter in function.Params) Declare(parameter);
                break;
            case IClass made: Declare(made.Id); break;
        }
    }

    private void Declare(Node? target)
    {
        switch (target)
        {
            case Identifier name: _own.Add(name.Name); break;
            case AssignmentPattern { Left: var left }: Declare(left); break;
            case RestElement { Argument: var rest }: Declare(rest); break;
            case ArrayPattern list:
                foreach (var item in list.Elements) Declare(item);
                break;
            case ObjectPattern fields:
                foreach (var field in fields.Properties) Declare(field is Property property ? property.Value : field);
                break;
        }
    }
}
