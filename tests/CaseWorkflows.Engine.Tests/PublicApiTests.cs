using System.Reflection;
using System.Runtime.CompilerServices;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Engine.Tests;

/// <summary>What modules and customers compile against. A change shows as a difference in <c>PublicApi.txt</c>, to be looked at.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_written_down()
    {
        var actual = string.Join('\n', typeof(Activity).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Lines)) + "\n";
        var path = Path.Combine(Folder(), "PublicApi.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, actual);
        File.ReadAllText(path).Should().Be(actual, "set UPDATE_SNAPSHOTS=1 to write the new surface down");
    }

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{type.FullName}{(type.BaseType is { } b && b != typeof(object) ? $" : {b}" : "")}";
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.GetMembers(All).Where(Shows).Select(m => $"  {m}").Distinct().Order(StringComparer.Ordinal);
        foreach (var member in members) yield return member;
    }

    private static bool Shows(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
    {
        MethodBase m => (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly) && (!m.IsSpecialName || m.IsConstructor),
        PropertyInfo p => p.GetAccessors(true).Any(a => a.IsPublic || a.IsFamily || a.IsFamilyOrAssembly),
        FieldInfo f => f.IsPublic,
        _ => false,
    };

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
