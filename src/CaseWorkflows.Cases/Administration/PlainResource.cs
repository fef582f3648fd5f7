using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>A kind of reference data without rules of its own beyond its fields: required ones, people and places by name, and who may write it.</summary>
internal sealed class PlainResource(string kind, string path, string name, string permission, Type shape) : ReferenceResource
{
    private readonly IReadOnlyList<string> _permissions = [permission];

    public override string Kind => kind;

    public override string Path => path;

    public override string Name => name;

    public override IReadOnlyList<string> Permissions => _permissions;

    public override Type Shape => shape;

    public override IReadOnlyList<string> Fixed => NaturalKey;

    /// <summary>Fields that must be given.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The fields that the id follows from; none = the server makes one.</summary>
    public IReadOnlyList<string> NaturalKey { get; init; } = [];

    /// <summary>The field or fields that tell where the document holds; of more than one the first that is given.</summary>
    public IReadOnlyList<string> PlaceFields { get; init; } = [];

    /// <summary>The field with a list of places where the document holds.</summary>
    public string? PlaceList { get; init; }

    /// <summary>The document tells from when it is valid itself.</summary>
    public bool TellsValidFrom { get; init; }

    public Action<JsonObject, JsonObject?, CommandContext, FieldFaults>? Check { get; init; }

    /// <summary>The part of the check that asks the database.</summary>
    internal Func<NpgsqlDataSource, JsonObject, JsonObject?, CommandContext, FieldFaults, CancellationToken, Task>? CheckStored { get; init; }

    /// <summary>What the change needs beyond the right to write: of the document, as it was (null = new), and as it becomes.</summary>
    public Func<JsonObject, JsonObject?, CommandContext, bool>? Allow { get; init; }

    /// <summary>Whom the change is told.</summary>
    internal Func<JsonObject, JsonObject?, CommandContext, DeliveryChannels, IReadOnlyList<IBurstParticipant>>? Word { get; init; }

    internal override IReadOnlyList<IBurstParticipant> WordOf(JsonObject document, JsonObject? before, CommandContext context, DeliveryChannels channels) =>
        Word?.Invoke(document, before, context, channels) ?? [];

    public override bool OwnValidFrom => TellsValidFrom;

    /// <summary>Starts of routines follow from it.</summary>
    public bool Moves { get; init; }

    public override bool MovesTriggers => Moves;

    public override string NewId(JsonObject document) => NaturalKey.Count > 0 ? ReferenceIds.IdOf(kind, document) : base.NewId(document);

    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context)
    {
        foreach (var field in PlaceFields)
            if (document[field]?.ToString() is { Length: > 0 } value) return [Id(value)];
        return PlaceList is not null && document[PlaceList] is JsonArray list ? list.Select(v => Id(v?.ToString() ?? "")).ToList() : [];

        string Id(string place) => context.Reference.FindPlace(place) ?? place;
    }

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        foreach (var field in Required)
        {
            if (field == "person") PreparePerson(document, before, context, faults);
            else faults.Required(document, field);
        }

        foreach (var field in PlaceFields)
        {
            if (document[field]?.ToString() is not { Length: > 0 } place) continue;
            if (field == "unit") faults.Unit(document, field, context.Reference);
            else if (field != "region") faults.Place(document, field, context.Reference, required: false);
            else if (!context.Reference.Regions.ContainsKey(place)) faults.Add(field, "Regionen finns inte.");
        }

        if (PlaceList is not null) faults.Places(document, PlaceList, context.Reference);
        Check?.Invoke(document, before, context, faults);
    }

    internal override async Task<object?> CheckAsync(
        NpgsqlDataSource database, JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults, CancellationToken ct)
    {
        if (CheckStored is not null) await CheckStored(database, document, before, context, faults, ct);
        return null;
    }

    public override bool MayChange(JsonObject document, JsonObject? before, CommandContext context) => Allow?.Invoke(document, before, context) ?? true;

    public override bool MayRead(JsonObject document, CommandContext context) =>
        (kind != ReferenceKinds.Schedule || context.Actor.Kind == ActorKind.Person) && base.MayRead(document, context);

    // One who has left since stays on the row.
    private static void PreparePerson(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        if (before is null || before["person"]?.ToString() != document["person"]?.ToString()) faults.Person(document, "person", context);
    }
}
