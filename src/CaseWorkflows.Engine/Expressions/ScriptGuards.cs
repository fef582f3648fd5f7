using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Jint.Parser.Ast;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Puts a call of the memory guard first in every loop and function body, so that growth is stopped within one turn, and measures the tree.</summary>
internal static class ScriptGuards
{
    public const string Name = "__guard";
    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> Readers = new();

    /// <summary>What the tree is like: how deep it is, and whether it holds a regular expression.</summary>
    internal readonly record struct Shape(int Depth, bool HasRegex);

    /// <summary>Without recursion: the tree may be deeper than the stack.</summary>
    public static Shape Insert(Program program)
    {
        var depth = 0;
        var regex = false;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<(object Node, int Depth)>();
        stack.Push((program, 1));
        while (stack.TryPop(out var at))
        {
            if (!seen.Add(at.Node)) continue;
            if (at.Node is IEnumerable list and not SyntaxNode)
            {
                foreach (var item in list)
                {
                    if (item is SyntaxNode) stack.Push((item, at.Depth));
                }

                continue;
            }

            depth = Math.Max(depth, at.Depth);
            if (at.Node is Literal { Type: SyntaxNodes.RegularExpressionLiteral }) regex = true;
            foreach (var read in Readers.GetOrAdd(at.Node.GetType(), ReadersOf))
            {
                if (read(at.Node) is { } child and (SyntaxNode or IEnumerable) and not string) stack.Push((child, at.Depth + 1));
            }

            Guard(at.Node);
        }

        return new Shape(depth, regex);
    }

    private static void Guard(object node)
    {
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

    private static Func<object, object?>[] ReadersOf(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => Holds(f.FieldType)).Select(f => (Func<object, object?>)f.GetValue),
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && Holds(p.PropertyType)).Select(p => (Func<object, object?>)p.GetValue),
    ];

    private static bool Holds(Type type) => type != typeof(string) && (typeof(SyntaxNode).IsAssignableFrom(type) || typeof(IEnumerable).IsAssignableFrom(type) || type.IsInterface);

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
