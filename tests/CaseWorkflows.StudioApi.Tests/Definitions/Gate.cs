using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>The publish gate with every activity we own and the reference data of the repository, on definitions made by tests.</summary>
internal static class Gate
{
    public static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().RegisterAssembly(typeof(Actor).Assembly);

    public static string Repository { get; } = FindRepository();

    /// <summary>The findings of each definition, by the name it was given. They lie beside each other: routines may start one another.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<Finding>>> CheckAsync(IEnumerable<(string Name, JsonObject Model)> definitions)
    {
        var folder = Directory.CreateTempSubdirectory("gate");
        try
        {
            var reference = folder.CreateSubdirectory("reference").FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository, "workflows", "reference"))) File.Copy(file, Path.Combine(reference, Path.GetFileName(file)));
            var region = folder.CreateSubdirectory("vgr").FullName;
            foreach (var (name, model) in definitions)
            {
                // Made alike: beside others each needs an id of its own.
                if (name != "rutin" && model["definitionId"]?.ToString() == "rutin") model["definitionId"] = "rutin-" + name;
                await File.WriteAllTextAsync(Path.Combine(region, name + ".json"), model.ToJsonString());
            }

            return (await WorkflowFilesCheck.RunAsync(folder.FullName, Registry)).ToDictionary(f => Path.GetFileNameWithoutExtension(f.Path), f => f.Findings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task<IReadOnlyList<Finding>> CheckAsync(JsonObject model) => (await CheckAsync([("rutin", model)]))["rutin"];

    /// <summary>Start, the step, and for each outcome an arrow to End.</summary>
    public static JsonObject Around(JsonObject step, params string[] outcomes) => Routines.Of("rutin", "Rutin",
        [Routines.Step("start", "Elsa.Start"), (JsonObject)step.DeepClone(), .. outcomes.Take(1).Select(_ => Routines.Step("slut", "Elsa.End"))],
        [Routines.Arrow("start", "Done", step["id"]!.ToString()), .. outcomes.Select(o => Routines.Arrow(step["id"]!.ToString(), o, "slut"))]);

    /// <summary>A step with literal texts, and with JSON for what starts with a bracket.</summary>
    public static JsonObject Step(string type, string label, params (string Input, string Value)[] inputs)
    {
        var step = Routines.Step("steg", type).Named(label);
        foreach (var (input, value) in inputs)
            step[input] = value.StartsWith("js:", StringComparison.Ordinal) ? Routines.Expression("JavaScript", value[3..]) : value[0] is '[' or '{' ? Routines.Expression("Object", value) : Routines.Literal(value);
        return step;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CaseWorkflows.sln"))) return folder.FullName;
        throw new InvalidOperationException("The repository root was not found.");
    }
}
