using System.Collections;
using System.Reflection;
using Jint.Parser.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Puts a call of the memory guard first in every loop and function body, so that growth is stopped within one turn.</summary>
internal static class ScriptGuards
{
    public const string Name = "__guard";

    public static void Insert(Program program) => Visit(program, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Visit(object? node, HashSet<object> seen)
    {
        if (node is null || node is string || !seen.Add(node)) return;
        if (node is IEnumerable list)
        {
            foreach (var item in list) Visit(item, seen);
            return;
        }

        if (node is not SyntaxNode) return;
        foreach (var f in node.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance)) Child(f.GetValue(node), f.FieldType, seen);
        foreach (var p in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)) Child(p.GetValue(node), p.PropertyType, seen);
        switch (node)
        {
            case WhileStatement w: w.Body = Guarded(w.Body); break;
            case DoWhileStatement d: d.Body = Guarded(d.Body); break;
            case ForStatement f: f.Body = Guarded(f.Body); break;
            case ForInStatement f: f.Body = Guarded(f.Body); break;
            case FunctionExpression f: f.Body = Guarded(f.Body); break;
            case FunctionDeclaration f: f.Body = Guarded(f.Body); break;
        }
    }

    private static void Child(object? value, Type type, HashSet<object> seen)
    {
        if (value is SyntaxNode || (value is IEnumerable and not string && type != typeof(string))) Visit(value, seen);
    }

    private static BlockStatement Guarded(Statement body) => new()
    {
        Type = SyntaxNodes.BlockStatement,
        Location = body.Location,
        Body =
        [
            new ExpressionStatement
            {
                Type = SyntaxNodes.ExpressionStatement,
                Location = body.Location,
                Expression = new CallExpression
                {
                    Type = SyntaxNodes.CallExpression,
                    Location = body.Location,
                    Callee = new Identifier { Type = SyntaxNodes.Identifier, Name = Name, Location = body.Location },
                    Arguments = [],
                },
            },
            body,
        ],
    };
}
