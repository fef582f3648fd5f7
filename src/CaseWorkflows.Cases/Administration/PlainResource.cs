using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>A kind of reference data without rules of its own beyond its fields: required ones, people and units by name, and who may write it.</summary>
internal sealed class PlainResource(string kind, string path, string name, string permission) : ReferenceResource
{
    public override string Kind => kind;

    public override string Path => path;

    public override string Name => name;

    /// <summary>Fields that must be given.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The field that is the id.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>The fields that tell where the document holds, the narrowest first.</summary>
    public IReadOnlyList<string> PlaceFields { get; init; } = ["unit", "scope", "region"];

    /// <summary>Fields that hold a local date, and fields that hold an instant.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    public IReadOnlyList<string> Instants { get; init; } = [];

    /// <summary>The record that the document has to fit.</summary>
    public Type? Shape { get; init; }

    public Action<JsonObject, JsonObject?, CommandContext, FieldFaults>? Check { get; init; }

    public override string NewId(JsonObject document) => document[IdField]?.ToString() is { Length: > 0 } given ? given : base.NewId(document);

    public override string? ScopeOf(JsonObject document, CommandContext context)
    {
        foreach (var field in PlaceFields)
            if (document[field]?.ToString() is { Length: > 0 } value) return context.Reference.FindUnit(value)?.Id ?? value;
        return (document["units"] as JsonArray)?.FirstOrDefault()?.ToString();
    }

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        foreach (var field in Required)
        {
            if (field == "person") faults.Person(document, field, context.Reference);
            else if (field == "unit") faults.Unit(document, field, context.Reference);
            else faults.Required(document, field);
        }

        foreach (var field in Dates) faults.Date(document, field, required: false);
        foreach (var field in Instants) faults.Instant(document, field, context.Now);
        if (before is null && IdField != "id" && document[IdField]?.ToString() is { } id && context.Reference.Row(kind, id) is not null)
            faults.Add(IdField, "Finns redan.");
        Check?.Invoke(document, before, context, faults);
        if (Shape is null) return;
        try
        {
            var copy = (JsonObject)document.DeepClone();
            copy["id"] ??= "ny";
            copy.Deserialize(Shape, DomainJson.Options);
        }
        catch (JsonException error)
        {
            faults.Add(error.Path?.TrimStart('$', '.') is { Length: > 0 } field ? field : "$", "Värdet har fel form.");
        }
    }

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        ScopeOf(document, context) is { } scope && scope != ReferenceView.Everywhere ? context.Actor.May(permission, scope) : context.Actor.MayAnywhere(permission);
}
