using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Routines in PostgreSQL. This part reads; changes and the audit history stand in the other parts.</summary>
internal sealed partial class DefinitionStore(NpgsqlDataSource source, GraphCache graphs, IEnumerable<IPublicationListener> listeners) : IDefinitionStore
{
    private const string Columns = """
        v.id, v.definition_id, v.version, v.name, v.description, v.tool_version, d.region, v.is_latest, v.is_published, v.is_readonly, v.is_system,
        v.is_trial, v.usable_as_activity, v.step_count, v.created_at, v.updated_at, v.updated_by, v.updated_by_name, v.published_at, v.revision, v.reviewed, v.written_by
        """;
    private const int ColumnCount = 22;
    private const string From = "from workflow_definition_version v join workflow_definition d using (definition_id)";
    private const string Alive = "d.deleted_at is null and v.deleted_at is null and not v.is_trial";

    private readonly IPublicationListener[] _listeners = listeners.ToArray();

    public Task<StoredDefinition?> FindAsync(string definitionId, VersionOptions version, CancellationToken cancellationToken) =>
        LoadAsync(new DefinitionReads(source), definitionId, version, cancellationToken);

    public Task<StoredDefinition?> FindVersionAsync(string versionId, CancellationToken cancellationToken) =>
        LoadVersionAsync(new DefinitionReads(source), versionId, cancellationToken);

    internal static async Task<StoredDefinition?> LoadAsync(DefinitionReads reads, string definitionId, VersionOptions version, CancellationToken cancellationToken)
    {
        await using var command = reads.Command(
            $"select {Columns}, v.document::text {From} where v.definition_id = @id and {Alive} and {version.Where} order by v.version desc limit 1");
        command.Parameters.AddWithValue("id", definitionId);
        command.Parameters.AddWithValue("version", version.Number);
        return await SingleAsync(command, cancellationToken);
    }

    internal static async Task<StoredDefinition?> LoadVersionAsync(DefinitionReads reads, string versionId, CancellationToken cancellationToken)
    {
        await using var command = reads.Command($"select {Columns}, v.document::text {From} where v.id = @id");
        command.Parameters.AddWithValue("id", versionId);
        return await SingleAsync(command, cancellationToken);
    }

    /// <summary>The published routines that others may use as an activity.</summary>
    internal static async Task<IReadOnlyList<StoredDefinition>> LoadUsableAsync(DefinitionReads reads, CancellationToken cancellationToken)
    {
        await using var command = reads.Command($"select {Columns}, v.document::text {From} where {Alive} and v.is_published and v.usable_as_activity order by v.name");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<StoredDefinition>();
        while (await reader.ReadAsync(cancellationToken)) found.Add(Stored(ReadVersion(reader), reader.GetString(ColumnCount)));
        return found;
    }

    public async Task<string?> RegionOfAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select region from workflow_definition where definition_id = @id");
        command.Parameters.AddWithValue("id", definitionId);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<DefinitionPage> ListAsync(DefinitionQuery query, CancellationToken cancellationToken)
    {
        var where = new List<string> { query.Ids.Count > 0 ? "v.id = any(@ids)" : Alive, query.Versions.Where };
        if (query.DefinitionIds.Count > 0) where.Add("v.definition_id = any(@definitionIds)");
        if (!SoundText.IsBlank(query.SearchTerm))
            where.Add("(v.name ilike @term or coalesce(v.description, '') ilike @term or v.definition_id ilike @term or v.id = @exact)");
        if (query.IsSystem is not null) where.Add("v.is_system = @isSystem");
        if (query.UsableAsActivity is not null) where.Add("v.usable_as_activity = @usable");
        if (query.Regions is not null) where.Add("d.region = any(@regions)");
        var direction = query.Descending ? "desc" : "asc";
        var order = query.OrderBy?.ToUpperInvariant() switch
        {
            "NAME" => $"v.name {direction}, v.definition_id, v.version",
            "VERSION" => $"v.version {direction}, v.definition_id",
            _ => $"v.created_at {direction}, v.definition_id, v.version {direction}",
        };
        var filter = string.Join(" and ", where);
        var paged = query.Page is not null || query.PageSize is not null;
        var size = Math.Clamp(query.PageSize ?? 25, 1, 1000);

        await using var command = source.CreateCommand(
            $"select {Columns}, count(*) over () {From} where {filter} order by {order}" + (paged ? " limit @size offset @offset" : ""));
        var p = command.Parameters;
        p.AddWithValue("version", query.Versions.Number);
        p.AddWithValue("ids", query.Ids.ToArray());
        p.AddWithValue("definitionIds", query.DefinitionIds.ToArray());
        p.AddWithValue("term", $"%{Escape(query.SearchTerm ?? "")}%");
        p.AddWithValue("exact", query.SearchTerm ?? "");
        p.AddWithValue("isSystem", query.IsSystem ?? false);
        p.AddWithValue("usable", query.UsableAsActivity ?? false);
        p.AddWithValue("regions", (query.Regions ?? []).ToArray());
        p.AddWithValue("size", size);
        p.AddWithValue("offset", (long)Math.Max(0, query.Page ?? 0) * size);

        var items = new List<DefinitionVersion>();
        long total = 0;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                items.Add(ReadVersion(reader));
                total = reader.GetInt64(ColumnCount);
            }
        }

        // The window count comes with the rows, so a page past the end says nothing: count alone.
        if (items.Count == 0 && query.Page > 0)
        {
            command.CommandText = $"select count(*) {From} where {filter}";
            total = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return new DefinitionPage(items, total);
    }

    public async Task<bool> IsNameUniqueAsync(string name, string? exceptDefinitionId, IReadOnlyCollection<string> regions, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select not exists (select 1 {From} where {Alive} and v.is_latest and d.region = any(@regions) and lower(normalize(v.name)) = lower(normalize(@name)) and v.definition_id <> @except)");
        command.Parameters.AddWithValue("regions", regions.ToArray());
        command.Parameters.AddWithValue("name", name.Trim());
        command.Parameters.AddWithValue("except", exceptDefinitionId ?? "");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<StoredDefinition?> SingleAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return Stored(ReadVersion(reader), reader.GetString(ColumnCount));
    }

    private static StoredDefinition Stored(DefinitionVersion version, string document) =>
        new(version, DefinitionDocument.Write(Stamp(DefinitionDocument.Parse(document), version)));

    /// <summary>The document with the version's own facts in it; everything else as it was saved.</summary>
    private static JsonObject Stamp(JsonObject document, DefinitionVersion version)
    {
        document["id"] = version.Id;
        document["definitionId"] = version.DefinitionId;
        document["name"] = version.Name;
        document["createdAt"] = version.CreatedAt.ToString("O");
        document["version"] = version.Version;
        document["isLatest"] = version.IsLatest;
        document["isPublished"] = version.IsPublished;
        return document;
    }

    private static DefinitionVersion ReadVersion(NpgsqlDataReader r) => new()
    {
        Id = r.GetString(0),
        DefinitionId = r.GetString(1),
        Version = r.GetInt32(2),
        Name = r.GetString(3),
        Description = r.IsDBNull(4) ? null : r.GetString(4),
        ToolVersion = r.IsDBNull(5) ? null : r.GetString(5),
        Region = r.GetString(6),
        IsLatest = r.GetBoolean(7),
        IsPublished = r.GetBoolean(8),
        IsReadonly = r.GetBoolean(9),
        IsSystem = r.GetBoolean(10),
        IsTrial = r.GetBoolean(11),
        UsableAsActivity = r.GetBoolean(12),
        StepCount = r.GetInt32(13),
        CreatedAt = r.GetFieldValue<DateTimeOffset>(14),
        UpdatedAt = r.GetFieldValue<DateTimeOffset>(15),
        UpdatedBy = r.GetString(16),
        UpdatedByName = r.GetString(17),
        PublishedAt = r.IsDBNull(18) ? null : r.GetFieldValue<DateTimeOffset>(18),
        Revision = r.GetInt64(19),
        Reviewed = r.GetBoolean(20),
        WrittenBy = r.GetFieldValue<string[]>(21),
    };

    private static string Escape(string term) =>
        term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
