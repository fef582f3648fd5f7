using System.Text;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// Rewrites template literals (<c>`Hej ${namn}`</c>) as string concatenation: the one piece of newer JavaScript that routines
/// written in the designer lean on, and the parser lacks. Line numbers are kept.
/// </summary>
internal static class TemplateLiterals
{
    public static string Lower(string source)
    {
        if (!source.Contains('`')) return source;
        var output = new StringBuilder(source.Length + 16);
        var i = 0;
        Code(source, ref i, output, inTemplate: false);
        return output.ToString();
    }

    private static void Code(string s, ref int i, StringBuilder o, bool inTemplate)
    {
        var depth = 0;
        while (i < s.Length)
        {
            var c = s[i];
            if (c == '`')
            {
                i++;
                Template(s, ref i, o);
            }
            else if (c is '"' or '\'')
            {
                Quoted(s, ref i, o, c);
            }
            else if (c == '/' && i + 1 < s.Length && s[i + 1] is '/' or '*')
            {
                Comment(s, ref i, o);
            }
            else if (inTemplate && c == '}' && depth == 0)
            {
                return;
            }
            else
            {
                if (c == '{') depth++;
                if (c == '}') depth--;
                o.Append(c);
                i++;
            }
        }
    }

    private static void Template(string s, ref int i, StringBuilder o)
    {
        o.Append("(\"");
        var lines = 0;
        while (i < s.Length && s[i] != '`')
        {
            if (s[i] == '$' && i + 1 < s.Length && s[i + 1] == '{')
            {
                i += 2;
                o.Append("\"+(");
                Code(s, ref i, o, inTemplate: true);
                if (i < s.Length) i++;
                o.Append(")+\"");
                continue;
            }

            if (s[i] == '\\' && i + 1 < s.Length)
            {
                if (s[i + 1] is '`' or '$' or '{') o.Append(s[i + 1]);
                else o.Append(s[i]).Append(s[i + 1]);
                i += 2;
                continue;
            }

            if (s[i] == '\n') lines++;
            o.Append(s[i] switch { '"' => "\\\"", '\n' => "\\n", '\r' => "", _ => s[i].ToString() });
            i++;
        }

        if (i >= s.Length) throw new ScriptSyntaxException(s.Count(c => c == '\n') + 1, "en text som börjar med ` saknar sitt avslutande `.");
        i++;
        o.Append("\")").Append('\n', lines);
    }

    private static void Quoted(string s, ref int i, StringBuilder o, char quote)
    {
        o.Append(s[i++]);
        while (i < s.Length && s[i] != quote && s[i] != '\n')
        {
            if (s[i] == '\\' && i + 1 < s.Length) o.Append(s[i++]);
            o.Append(s[i++]);
        }

        if (i < s.Length) o.Append(s[i++]);
    }

    private static void Comment(string s, ref int i, StringBuilder o)
    {
        var end = s[i + 1] == '/' ? s.IndexOf('\n', i) : s.IndexOf("*/", i + 2, StringComparison.Ordinal) + 2;
        if (end < i + 2) end = s.Length;
        o.Append(s, i, end - i);
        i = end;
    }
}
