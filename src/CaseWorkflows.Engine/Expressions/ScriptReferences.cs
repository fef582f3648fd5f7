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
            default: Declare(node, _own); break;
        }
    }

    /// <summary>Adds the names that this node alone declares or sets.</summary>
    internal static void Declare(Node node, ISet<string> names)
    {
        switch (node)
        {
            case VariableDeclarator declarator: Name(declarator.Id, names); break;
            case AssignmentExpression assignment: Name(assignment.Left, names); break;
            case ForInStatement loop: Name(loop.Left, names); break;
            case ForOfStatement loop: Name(loop.Left, names); break;
            case CatchClause { Param: { } caught }: Name(caught, names); break;
            case IFunction function:
                Name(function.Id, names);
                foreach (var parameter in function.Params) Name(parameter, names);
                break;
            case IClass made: Name(made.Id, names); break;
        }
    }

    private static void Name(Node? target, ISet<string> names)
    {
        switch (target)
        {
            case Identifier name: names.Add(name.Name); break;
            case AssignmentPattern { Left: var left }: Name(left, names); break;
            case RestElement { Argument: var rest }: Name(rest, names); break;
            case ArrayPattern list:
                foreach (var item in list.Elements) Name(item, names);
                break;
            case ObjectPattern fields:
                foreach (var field in fields.Properties) Name(field is Property property ? property.Value : field, names);
                break;
        }
    }
}
