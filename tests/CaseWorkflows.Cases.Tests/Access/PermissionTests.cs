using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Organisation;

namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>A permission that nothing asks for promises what nobody keeps.</summary>
public sealed class PermissionTests
{
    private static readonly IReadOnlyList<FieldInfo> Codes = [.. typeof(Permissions).GetFields().Where(f => f.IsLiteral)];

    [Fact]
    public void Every_permission_is_asked_for_somewhere()
    {
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "Permissions.cs").Select(File.ReadAllText));
        Codes.Where(c => !Regex.IsMatch(source, $@"\bPermissions\.{c.Name}\b")).Select(c => c.Name).Should().BeEmpty();
    }

    [Fact]
    public void Every_code_of_a_role_is_a_permission_or_says_what_guards_it()
    {
        var known = Codes.Select(c => (string)c.GetRawConstantValue()!).ToHashSet();
        var roles = (JsonArray)JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.ReferenceFolder, "roles.json")))!;
        var given = roles.SelectMany(r => (JsonArray)r!["permissions"]!).Select(p => p!.ToString()).ToHashSet();
        given.Where(p => !known.Contains(p) && !Permissions.GuardedOtherwise.ContainsKey(p)).Should().BeEmpty();
        Permissions.GuardedOtherwise.Keys.Where(known.Contains).Should().BeEmpty();
    }
}
