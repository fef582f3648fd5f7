using System.Text;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>What the JavaScript editor completes from.</summary>
internal static class ScriptingEndpoints
{
    private const string Always = """
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function getWorkflowInstanceId(): string;
        declare function getCorrelationId(): string;
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityId: string, outputName?: string): any;
        declare function getLastResult(): any;

        """;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/scripting/javascript/type-definitions/{definitionId}", WriteAsync);

    private static async Task<IResult> WriteAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(Always);
        // An error here would be read as types, so an unknown routine gets the common part.
        if (await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is { } stored && http.Access().CanReadRegion(stored.Version.Region))
        {
            var definition = Engine.Definitions.WorkflowDefinition.Parse(stored.Json);
            foreach (var variable in definition.Variables.Where(v => IsName(v.Name)))
            {
                var pascal = Engine.Authoring.Names.Pascal(variable.Name);
                text.Append($"declare function get{pascal}(): {Type(variable.TypeName, variable.IsArray)};\n");
                text.Append($"declare function set{pascal}(value: {Type(variable.TypeName, variable.IsArray)}): void;\n");
            }

            foreach (var input in definition.Inputs.Where(i => IsName(i.Name)))
                text.Append($"declare function get{Engine.Authoring.Names.Pascal(input.Name)}(): {Type(input.Type, input.IsArray)};\n");
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "application/x-typescript", $"elsa.{definitionId}.d.ts");
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static string Type(string alias, bool isArray)
    {
        var type = alias switch
        {
            "String" or "Guid" or "TimeSpan" or "DateOnly" or "TimeOnly" => "string",
            "Boolean" => "boolean",
            "Int32" or "Long" or "Int64" or "Single" or "Double" or "Decimal" => "number",
            "DateTime" or "DateTimeOffset" => "Date",
            _ => "any",
        };
        return isArray ? $"{type}[]" : type;
    }
}
