namespace CaseWorkflows.Engine.Tests;

/// <summary>Makes scripts at random: values that convert by themselves, native functions on them and inside each other, large and nested ones.</summary>
internal sealed class HostileGrammar(int seed)
{
    private static readonly string[] Hooks = ["valueOf", "toString", "toJSON", "[Symbol.toPrimitive]", "[Symbol.iterator]", "next", "then", "exec", "get x", "get length", "get 0", "get message", "get constructor"];

    private static readonly string[] ListMethods =
    [
        "join", "concat", "flat", "flatMap", "map", "filter", "forEach", "reduce", "reduceRight", "sort", "toSorted", "reverse", "toReversed", "indexOf", "lastIndexOf", "includes",
        "slice", "splice", "toSpliced", "fill", "copyWithin", "find", "findLast", "some", "every", "push", "unshift", "shift", "pop", "at", "with", "keys", "entries", "values", "toString", "toLocaleString",
    ];

    private static readonly string[] TextMethods =
    [
        "repeat", "padStart", "padEnd", "replace", "replaceAll", "split", "concat", "indexOf", "lastIndexOf", "includes", "match", "matchAll", "search", "slice", "substring", "substr", "normalize",
        "localeCompare", "toUpperCase", "toLowerCase", "trim", "charAt", "codePointAt", "at", "startsWith", "endsWith", "toString", "isWellFormed", "toWellFormed", "toLocaleUpperCase", "big", "anchor",
    ];

    private static readonly string[] Natives =
    [
        "JSON.stringify", "JSON.parse", "String", "Number", "Object", "Array", "Array.from", "Array.of", "Array.isArray", "Object.keys", "Object.entries", "Object.values", "Object.assign", "Object.fromEntries",
        "Object.groupBy", "Object.create", "Object.freeze", "Object.getOwnPropertyDescriptors", "Object.getOwnPropertyNames", "Object.setPrototypeOf", "Object.is", "String.fromCharCode", "String.fromCodePoint",
        "Math.max", "Math.min", "Math.hypot", "parseInt", "parseFloat", "encodeURIComponent", "decodeURIComponent", "escape", "unescape", "new Set", "new Map", "new RegExp", "new Date", "new Error", "new String",
        "Boolean", "isNaN", "Date.parse", "new Array", "Symbol", "Map.groupBy", "RegExp.escape", "structuredClone", "eval", "Function", "new Proxy", "BigInt",
    ];

    private static readonly string[] Patterns = ["/(a+)+$/", "/x/g", "/(?=(x*))/g", "/(?:)/", "/(x|xx)*y/", "/(?<=(.*))x/g", "/\\p{L}+/gu", "/[^]*?/g", "/(a|a?)+$/", "/./y", "'(x+)+y'", "/(x)(x)?/gi"];

    private readonly Random _random = new(seed);
    private int _names;

    public string Script()
    {
        var statements = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Statement(3)).ToList();
        return string.Join("; ", ["var s='x', a=[1], o={}", .. statements, Value(4)]);
    }

    private T Of<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string Statement(int depth) => _random.Next(14) switch
    {
        0 => $"for (let i = 0; i < {Size()}; i++) {{ {Statement(depth - 1)} }}",
        1 => $"while (true) {{ {Statement(depth - 1)} }}",
        2 => $"try {{ {Statement(depth - 1)} }} catch (e) {{ {Statement(depth - 1)} }}",
        3 => $"s += {Text(depth - 1)}",
        4 => $"for (var i=0;i<{_random.Next(30)};i++) s += s",
        5 => $"for (var i=0;i<{_random.Next(40)};i++) a = {Of("[a,a]", "[a]", "a.concat(a)", "[...a,...a]", "{a,b:a}")}",
        6 => $"for (var i=0;i<{_random.Next(40)};i++) o = {Of("{o}", "{a:o,b:o}", "Object.create(o)", "[o]", "{...o,o}", "{__proto__:o}")}",
        7 => $"o.{Of("x", "toString", "valueOf", "toJSON", "length", "constructor", "exec")} = {Value(depth - 1)}",
        8 => $"{Of("Array", "String", "Object", "RegExp", "Function", "Number", "Date")}.prototype.{Of("toString", "join", "exec", "map", "valueOf", "concat", "flags", "toJSON")} = {Callback(depth - 1)}",
        9 => $"for (var k {Of("in", "of")} {Value(depth - 1)}) {{ {(depth > 0 ? Statement(depth - 1) : "")} }}",
        10 => $"setVariable('x', {Value(depth - 1)})",
        11 => $"function f{++_names}() {{ return {Callback(depth - 1)}(f{_names}()) }} f{_names}()",
        12 => $"a[{Size()}] = {Value(depth - 1)}",
        _ => $"a = {Value(depth)}",
    };

    private string Value(int depth) => depth <= 0 ? Of("s", "a", "o", "1", "'x'", "null", "this", "[1,2]") : _random.Next(11) switch
    {
        0 => Text(depth - 1),
        1 => $"{Of("a", "[1,2,3]", $"Array({Size()}).fill({Value(depth - 1)})", Value(depth - 1))}.{Of(ListMethods)}({Arguments(depth - 1)})",
        2 => $"{Of(Natives)}({Arguments(depth - 1)})",
        3 => $"({{ {Of(Hooks)}() {{ return {Of("this", "+this", "''+this", "`${this}`", "JSON.stringify(this)", "[...this]", "this.x", Value(depth - 1))} }} }})",
        4 => $"Array.prototype.{Of(ListMethods)}.{Of("call", "apply", "bind")}({Of("a", "o", "s", $"{{length:{Size()}}}")}, {Value(depth - 1)})",
        5 => $"{Of("+", "-", "''+", "!", "typeof ", "~", "`${", "...")}".Replace("`${", "''+").Replace("...", "") + $"({Value(depth - 1)})",
        6 => $"({Value(depth - 1)} {Of("+", "-", "*", "==", "<", "in", "instanceof", "??", "&&", "||", "**", "%")} {Value(depth - 1)})".Replace("?? (", "+ ("),
        7 => $"[{Of("", "...")}{Value(depth - 1)}]",
        8 => $"({{ ...{Value(depth - 1)} }})",
        9 => $"{Value(depth - 1)}?.[{Value(depth - 1)}]",
        _ => Callback(depth - 1),
    };

    private string Text(int depth) => _random.Next(5) switch
    {
        0 => $"'{Of("x", "ab", "\\u0301", "\\ud83d", "å", "[", "(a+)+")}'.repeat({Size()})",
        1 => $"String({Value(depth - 1)})",
        2 => $"`${{{Value(depth - 1)}}}${{s}}`",
        3 => $"s.{Of(TextMethods)}({Arguments(depth - 1)})",
        _ => "s",
    };

    private string Arguments(int depth) => string.Join(", ", Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(6) switch
    {
        0 => Of(Patterns),
        1 => Size(),
        2 => Callback(depth - 1),
        3 => Of("'$1$1$1'", "\"$'\"", "'$`$`'", "s+s", "...a"),
        _ => Value(depth - 1),
    }));

    private string Callback(int depth) => _random.Next(6) switch
    {
        0 => "(x => x)",
        1 => $"(function f(x) {{ return {(depth > 0 ? Value(depth - 1) : "f(x)")} }})",
        2 => $"Array.prototype.{Of(ListMethods)}.bind(a{Of("", ",1", ",s", ",a", ",x=>x")})",
        3 => $"String.prototype.{Of(TextMethods)}.bind(s, {Of(Size(), "s", "/x/g")})",
        4 => $"(() => {(depth > 0 ? Value(depth - 1) : "s")})",
        _ => Of("JSON.stringify", "String", "Object", "Array", "Array.from", "Math.max", "parseInt", "RegExp", "Function.prototype.call", "Object.bind(null,{done:false,value:1})"),
    };

    private string Size() => Of("0", "1", "3", "100", "10000", "60000", "100000", "1e6", "3e7", "4e9", "1e12", "-1", "Infinity", "NaN", "{}", "a");
}
