using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Saving drafts, and what is refused.</summary>
internal sealed partial class DefinitionStore
{
    private const int FewSteps = 4;
    private static readonly TimeSpan SaveRetention = TimeSpan.FromDays(30);
    private static readonly TimeSpan RetriedCreate = TimeSpan.FromMinutes(1);
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    public async Task<StoredDefinition> SaveAsync(SaveDraft save, CancellationToken cancellationToken)
    {
        if (DefinitionDocument.Root(save.Document) is null)
            throw new DefinitionRefusedException("invalid", "Rutinen saknar innehåll: det finns inget flöde (root) att spara.");

        var hash = DefinitionDocument.Hash(save.Document);
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (save.DefinitionId is null)
        {
            if (await FindRetriedCreateAsync(unit, save, hash, cancellationToken) is { } made) return made;
            var created = await InsertAsync(unit, save with { DefinitionId = DefinitionDocument.NewId() }, hash, cancellationToken);
            await unit.CommitAsync(cancellationToken);
            return created;
        }

        var locked = await LockAsync(unit, save.DefinitionId, cancellationToken);
        if (locked is null)
        {
            // Routines of before keep the id they have.
            if (DefinitionIds.Problem(save.DefinitionId) is { } problem) throw new DefinitionRefusedException("invalid", problem);
            locked = await InsertOrLockAsync(unit, save, cancellationToken);
        }

        save.MustEdit?.Invoke(locked.Region);
        var latest = locked.Deleted ? null : await LatestAsync(unit, save.DefinitionId, cancellationToken);
        if (latest is not null)
        {
            // A retried save, or a save without a change: the same answer, no new version.
            if (latest.Hash.AsSpan().SequenceEqual(hash)) return latest.Definition;
            var refused = latest.Definition.Version.IsReadonly && !save.Force
                ? new DefinitionRefusedException("read-only", "Rutinen är skrivskyddad och kan inte ändras här.")
                : save.Force ? null : await WhyNotAsync(unit, save, latest, hash, cancellationToken);
            if (refused is not null)
            {
                await KeepAsync(unit, save, hash, latest.Definition.Version, locked.Revision, "refused", cancellationToken);
                await unit.CommitAsync(cancellationToken);
                throw refused;
            }
        }

        StoredDefinition saved;
        if (latest is { Definition.Version: { PublishedAt: null, IsPublished: false } draft })
            saved = await UpdateAsync(unit, save, hash, draft, locked.Revision + 1, cancellationToken);
        else
            saved = await InsertAsync(unit, save, hash, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return saved;
    }

    public async Task<StoredDefinition?> RevertAsync(string definitionId, int version, DefinitionChange change, CancellationToken cancellationToken)
    {
        if (await FindAsync(definitionId, VersionOptions.Specific(version), cancellationToken) is not { } old) return null;
        var why = SoundText.IsBlank(change.Reason) ? $"Återgång till version {version}" : $"Återgång till version {version}: {change.Reason}";
        return await SaveAsync(new SaveDraft
        {
            DefinitionId = definitionId,
            Document = old.ToObject(),
            Region = old.Version.Region,
            Change = change with { Reason = why },
            Force = true,
            Event = "Återställd",
        }, cancellationToken);
    }

    public async Task<StoredDefinition?> RestoreSaveAsync(string definitionId, long saveId, DefinitionChange change, CancellationToken cancellationToken)
    {
        if (await FindSaveAsync(definitionId, saveId, cancellationToken) is not { } document) return null;
        return await SaveAsync(new SaveDraft
        {
            DefinitionId = definitionId,
            Document = DefinitionDocument.Parse(document),
            Region = "",
            Change = change,
            Force = true,
            Event = "Återställd",
        }, cancellationToken);
    }

    private static async Task<DefinitionRefusedException?> WhyNotAsync(UnitOfWork unit, SaveDraft save, Latest latest, byte[] hash, CancellationToken cancellationToken)
    {
        if (await NewerByOthersAsync(unit, save, latest, cancellationToken) is { } other)
        {
            return new DefinitionRefusedException("newer-draft",
                $"Inte sparat: {other.Name} har sparat en nyare ändring av rutinen ({Local(other.At)}). Ladda om sidan för att se den. Det du gjorde finns kvar under Sparade utkast i 30 dagar.");
        }

        var before = DefinitionDocument.StepIds(latest.Definition.ToObject());
        if (before.Count < FewSteps || !latest.WasPublished) return null;
        var kept = before.Count(DefinitionDocument.StepIds(save.Document).Contains);
        var token = Convert.ToHexStringLower(hash);
        if (kept * 2 >= before.Count || save.Confirmed == token) return null;
        return new DefinitionRefusedException("drops-steps",
            $"Inte sparat: ändringen tar bort {before.Count - kept} av rutinens {before.Count} steg. Ladda om sidan om det inte var meningen, eller bekräfta att stegen ska bort.", token);
    }

    /// <summary>Who else saved after the revision that this editor built on.</summary>
    private static async Task<(string Name, DateTimeOffset At)?> NewerByOthersAsync(UnitOfWork unit, SaveDraft save, Latest latest, CancellationToken cancellationToken)
    {
        var version = latest.Definition.Version;
        if (save.BasedOnRevision is not { } based)
        {
            // No revision told: only one's own draft may be written over.
            return version.IsPublished || version.UpdatedBy == save.Change.PersonId ? null : (version.UpdatedByName, version.UpdatedAt);
        }

        await using var command = unit.Command("""
            select saved_by_name, saved_at from workflow_definition_save
            where definition_id = @id and kind = 'saved' and revision > @based
              and (saved_by <> @person or (session is not null and @session <> '' and session <> @session))
            order by id desc limit 1
            """);
        command.Parameters.AddWithValue("id", version.DefinitionId);
        command.Parameters.AddWithValue("based", based);
        command.Parameters.AddWithValue("person", save.Change.PersonId);
        command.Parameters.AddWithValue("session", save.Session ?? "");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    private static async Task<StoredDefinition> InsertAsync(UnitOfWork unit, SaveDraft save, byte[] hash, CancellationToken cancellationToken)
    {
        var definitionId = save.DefinitionId!;
        var change = save.Change;
        var versionId = await FreeVersionIdAsync(unit, save.PreferredVersionId, cancellationToken);
        var facts = Facts.Of(save.Document);
        await using (var command = unit.Command("""
            insert into workflow_definition (definition_id, region, created_at, revision) values (@definition, @region, @at, 1)
            on conflict (definition_id) do update set deleted_at = null, revision = workflow_definition.revision + 1;
            update workflow_definition_version set is_latest = false where definition_id = @definition and is_latest;
            with written as (select unnest(w.written_by) h from workflow_definition_version w where w.definition_id = @definition and w.content_hash = @hash
              union select s.saved_by from workflow_definition_save s where s.definition_id = @definition and s.content_hash = @hash)
            insert into workflow_definition_version (id, definition_id, version, name, description, tool_version, document, content_hash, step_count,
              usable_as_activity, is_readonly, is_system, is_latest, created_at, created_by, created_by_name, updated_at, updated_by, updated_by_name, written_by, revision)
            select @id, @definition, coalesce(max(version), 0) + 1, @name, @description, @tool, @document::json, @hash, @steps,
              @usable, @readonly, @system, true, @at, @person, @personName, @at, @person, @personName,
              -- What nobody else has read yet is still its writers', whatever is written on top of it.
              array(select @person union select unnest(w.written_by) from workflow_definition_version w
                where w.definition_id = @definition and not w.is_trial and w.version > coalesce(
                  (select max(r.version) from workflow_definition_version r where r.definition_id = @definition and r.reviewed), 0)
                union select h from written),
              (select revision from workflow_definition where definition_id = @definition)
            from workflow_definition_version where definition_id = @definition
            """))
        {
            var p = command.Parameters;
            p.AddWithValue("definition", definitionId);
            p.AddWithValue("region", save.Region);
            p.AddWithValue("id", versionId);
            Add(p, save, facts, hash);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var made = (await LatestAsync(unit, definitionId, cancellationToken))!.Definition;
        await KeepAsync(unit, save, hash, made.Version, made.Version.Revision, "saved", cancellationToken);
        await RecordAsync(unit, definitionId, made.Version, made.Version.Version == 1 && save.Event == "Utkast påbörjat" ? "Skapad" : save.Event, change, null, cancellationToken);
        return made;
    }

    private static async Task<StoredDefinition> UpdateAsync(UnitOfWork unit, SaveDraft save, byte[] hash, DefinitionVersion draft, long revision, CancellationToken cancellationToken)
    {
        await using (var command = unit.Command("""
            update workflow_definition set revision = @revision, deleted_at = null where definition_id = @definition;
            update workflow_definition_version set name = @name, description = @description, tool_version = @tool, document = @document::json, content_hash = @hash,
              step_count = @steps, usable_as_activity = @usable, is_readonly = @readonly, is_system = @system, updated_at = @at, updated_by = @person,
              updated_by_name = @personName, revision = @revision,
              -- What is put back is its writers' still, whoever puts it back.
              written_by = array(select unnest(written_by) union select @person
                union select unnest(w.written_by) from workflow_definition_version w where w.definition_id = @definition and w.content_hash = @hash
                union select s.saved_by from workflow_definition_save s where s.definition_id = @definition and s.content_hash = @hash)
            where id = @id
            """))
        {
            var p = command.Parameters;
            p.AddWithValue("definition", draft.DefinitionId);
            p.AddWithValue("id", draft.Id);
            p.AddWithValue("revision", revision);
            Add(p, save, Facts.Of(save.Document), hash);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var saved = (await LatestAsync(unit, draft.DefinitionId, cancellationToken))!.Definition;
        await KeepAsync(unit, save, hash, saved.Version, revision, "saved", cancellationToken);
        // Every save is kept in its own table; the history tells of the deliberate ones only.
        if (save.Event != "Utkast påbörjat") await RecordAsync(unit, draft.DefinitionId, saved.Version, save.Event, save.Change, null, cancellationToken);
        return saved;
    }

    private static void Add(NpgsqlParameterCollection p, SaveDraft save, Facts facts, byte[] hash)
    {
        p.AddWithValue("name", facts.Name);
        p.AddWithValue("description", (object?)facts.Description ?? DBNull.Value);
        p.AddWithValue("tool", (object?)facts.ToolVersion ?? DBNull.Value);
        p.AddWithValue("document", DefinitionDocument.Write(save.Document));
        p.AddWithValue("hash", hash);
        p.AddWithValue("steps", DefinitionDocument.CountSteps(save.Document));
        p.AddWithValue("usable", facts.UsableAsActivity);
        p.AddWithValue("readonly", facts.IsReadonly);
        p.AddWithValue("system", facts.IsSystem);
        p.AddWithValue("at", save.Change.At.ToUniversalTime());
        p.AddWithValue("person", save.Change.PersonId);
        p.AddWithValue("personName", save.Change.PersonName);
    }

    private static async Task KeepAsync(UnitOfWork unit, SaveDraft save, byte[] hash, DefinitionVersion version, long revision, string kind, CancellationToken cancellationToken)
    {
        await using var command = unit.Command("""
            insert into workflow_definition_save (definition_id, version_id, version, revision, kind, saved_at, saved_by, saved_by_name, session, step_count, content_hash, document, removal_at)
            select @definition, @versionId, @version, @revision, @kind, @at, @person, @personName, @session, @steps, @hash, @document::json, @removal
            where not exists (select 1 from (select content_hash, kind from workflow_definition_save where definition_id = @definition order by id desc limit 1) s
                              where s.content_hash = @hash and s.kind = @kind)
            """);
        var p = command.Parameters;
        p.AddWithValue("definition", version.DefinitionId);
        p.AddWithValue("versionId", version.Id);
        p.AddWithValue("version", version.Version);
        p.AddWithValue("revision", revision);
        p.AddWithValue("kind", kind);
        p.AddWithValue("session", (object?)save.Session ?? DBNull.Value);
        p.AddWithValue("removal", save.Change.At.ToUniversalTime() + SaveRetention);
        Add(p, save, Facts.Of(save.Document), hash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<StoredDefinition?> FindRetriedCreateAsync(UnitOfWork unit, SaveDraft save, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = unit.Command($"""
            select {Columns}, v.document::text {From}
            where v.content_hash = @hash and v.created_by = @person and v.version = 1 and v.is_latest and {Alive} and v.stored_at > clock_timestamp() - @within
            limit 1
            """);
        command.Parameters.AddWithValue("hash", hash);
        command.Parameters.AddWithValue("person", save.Change.PersonId);
        command.Parameters.AddWithValue("within", RetriedCreate);
        return await SingleAsync(command, cancellationToken);
    }

    private static async Task<string> FreeVersionIdAsync(UnitOfWork unit, string? preferred, CancellationToken cancellationToken)
    {
        if (SoundText.IsBlank(preferred) || DefinitionIds.Problem(preferred) is not null) return DefinitionDocument.NewId();
        await using var command = unit.Command("select exists (select 1 from workflow_definition_version where id = @id)");
        command.Parameters.AddWithValue("id", preferred);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))! ? DefinitionDocument.NewId() : preferred;
    }

    private static async Task<Locked?> LockAsync(UnitOfWork unit, string definitionId, CancellationToken cancellationToken)
    {
        await using var command = unit.Command("select revision, region, deleted_at is not null from workflow_definition where definition_id = @id for update");
        command.Parameters.AddWithValue("id", definitionId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new Locked(reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2)) : null;
    }

    /// <summary>Of two who make the same id at once, the second waits here and finds the first one's row.</summary>
    private static async Task<Locked> InsertOrLockAsync(UnitOfWork unit, SaveDraft save, CancellationToken cancellationToken)
    {
        await using (var command = unit.Command("""
            insert into workflow_definition (definition_id, region, created_at, revision) values (@id, @region, @at, 0) on conflict (definition_id) do nothing
            """))
        {
            command.Parameters.AddWithValue("id", save.DefinitionId!);
            command.Parameters.AddWithValue("region", save.Region);
            command.Parameters.AddWithValue("at", save.Change.At.ToUniversalTime());
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return (await LockAsync(unit, save.DefinitionId!, cancellationToken))!;
    }

    private static async Task<Latest?> LatestAsync(UnitOfWork unit, string definitionId, CancellationToken cancellationToken)
    {
        await using var command = unit.Command($"""
            select {Columns}, v.document::text, v.content_hash,
              exists (select 1 from workflow_definition_version o where o.definition_id = v.definition_id and o.published_at is not null and not o.is_trial)
            {From} where v.definition_id = @id and v.is_latest
            """);
        command.Parameters.AddWithValue("id", definitionId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new Latest(Stored(ReadVersion(reader), reader.GetString(ColumnCount)), reader.GetFieldValue<byte[]>(ColumnCount + 1), reader.GetBoolean(ColumnCount + 2));
    }

    private static string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, "Europe/Stockholm").ToString("d MMMM 'kl.' HH:mm", Swedish);

    private sealed record Locked(long Revision, string Region, bool Deleted);

    private sealed record Latest(StoredDefinition Definition, byte[] Hash, bool WasPublished);

    /// <summary>What the columns repeat of the document, so that lists need not open it.</summary>
    private sealed record Facts(string Name, string? Description, string? ToolVersion, bool UsableAsActivity, bool IsReadonly, bool IsSystem)
    {
        public static Facts Of(JsonObject d) => new(
            DefinitionDocument.String(d, "name")?.Trim() ?? "", DefinitionDocument.String(d, "description"), DefinitionDocument.String(d, "toolVersion"),
            d["options"] is JsonObject options && True(options, "usableAsActivity"), True(d, "isReadonly"), True(d, "isSystem"));

        private static bool True(JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<bool>(out var b) && b;
    }
}
