using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Publishing, retracting, deleting and freezing.</summary>
internal sealed partial class DefinitionStore
{
    public async Task<PublishOutcome?> PublishAsync(
        string definitionId, DefinitionChange change, CancellationToken cancellationToken, DefinitionVersion? seen = null, string? detail = null, bool wasRead = true)
    {
        // Compiled before the transaction, which needs no second connection then; that nothing has changed since is seen inside it.
        if (await FindAsync(definitionId, VersionOptions.Latest, cancellationToken) is not { } read) return null;
        seen ??= read.Version;
        var graph = read.Version.IsPublished ? null : await graphs.CompileAsync(read, cancellationToken, strict: true);
        var solid = graph is not null && await graphs.StandsOnReviewedAsync(read, cancellationToken);
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, definitionId, cancellationToken) is not { Deleted: false } locked) return null;
        if (await LatestAsync(unit, definitionId, cancellationToken) is not { } latest) return null;
        if (!seen.IsPublished && latest.Definition.Version.IsPublished && await IsUnchangedAsync(unit, seen, latest.Definition.Version, cancellationToken))
            return new PublishOutcome(latest.Definition, AlreadyPublished: true);
        if (!IsSame(latest.Definition.Version, seen)) throw new DefinitionRefusedException("changed-meanwhile", Meanwhile(latest.Definition.Version));
        if (latest.Definition.Version.IsPublished) return new PublishOutcome(latest.Definition, AlreadyPublished: true);
        if (graph is null || !IsSame(latest.Definition.Version, read.Version)) throw new DefinitionRefusedException("changed-meanwhile", Meanwhile(latest.Definition.Version));

        await using (var command = unit.Command("""
            update workflow_definition set revision = revision + 1 where definition_id = @definition;
            update workflow_definition_version set is_published = false where definition_id = @definition and is_published;
            update workflow_definition_version set is_published = true, published_at = coalesce(published_at, @at), updated_at = @at,
              reviewed = reviewed or (@solid and (@person = @product or (@read and not @person = any (written_by))
                or exists (select 1 from workflow_definition_version r where r.definition_id = @definition and r.reviewed and r.content_hash = workflow_definition_version.content_hash))),
              revision = (select revision from workflow_definition where definition_id = @definition) where id = @id
            """))
        {
            command.Parameters.AddWithValue("definition", definitionId);
            command.Parameters.AddWithValue("id", latest.Definition.Version.Id);
            command.Parameters.AddWithValue("at", change.At.ToUniversalTime());
            command.Parameters.AddWithValue("person", change.PersonId);
            command.Parameters.AddWithValue("product", DefinitionChange.Product);
            command.Parameters.AddWithValue("solid", solid);
            command.Parameters.AddWithValue("read", wasRead);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var published = (await LatestAsync(unit, definitionId, cancellationToken))!.Definition;
        await RecordAsync(unit, definitionId, published.Version, "Publicerad", change, detail, cancellationToken);
        await TellAsync(unit, new Publication(definitionId, locked.Region, published.Version, graph, change.At), cancellationToken);
        await unit.CommitAsync(cancellationToken);
        graphs.Changed(definitionId);
        return new PublishOutcome(published, AlreadyPublished: false);
    }

    public async Task<bool?> ReviewAsync(string definitionId, int version, DefinitionChange change, CancellationToken cancellationToken)
    {
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, definitionId, cancellationToken) is not { Deleted: false }) return null;
        var reads = new DefinitionReads(source, unit.Connection);
        if (await LoadAsync(reads, definitionId, VersionOptions.Specific(version), cancellationToken) is not { Version.PublishedAt: not null } found) return null;
        if (found.Version.Reviewed) return true;
        if (!await graphs.StandsOnReviewedAsync(found, cancellationToken, unit.Connection)) return false;
        await using var command = unit.Command("update workflow_definition_version set reviewed = true where id = @id and not @person = any (written_by)");
        command.Parameters.AddWithValue("id", found.Version.Id);
        command.Parameters.AddWithValue("person", change.PersonId);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) return false;
        await RecordAsync(unit, definitionId, found.Version, "Granskad", change, null, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<RetractOutcome?> RetractAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken)
    {
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, definitionId, cancellationToken) is not { Deleted: false } locked) return null;
        var was = await RetractAsync(unit, definitionId, locked.Region, change, cancellationToken);
        if (await LatestAsync(unit, definitionId, cancellationToken) is not { } latest) return null;
        await unit.CommitAsync(cancellationToken);
        graphs.Changed(definitionId);
        return new RetractOutcome(latest.Definition, was);
    }

    public async Task<bool> DeleteAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken)
    {
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, definitionId, cancellationToken) is not { Deleted: false } locked) return false;
        await RetractAsync(unit, definitionId, locked.Region, change, cancellationToken);
        await using (var command = unit.Command("update workflow_definition set deleted_at = @at, revision = revision + 1 where definition_id = @id"))
        {
            command.Parameters.AddWithValue("id", definitionId);
            command.Parameters.AddWithValue("at", change.At.ToUniversalTime());
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await RecordAsync(unit, definitionId, null, "Borttagen", change, null, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        graphs.Changed(definitionId);
        return true;
    }

    public async Task<bool> UndeleteAsync(string definitionId, DefinitionChange change, CancellationToken cancellationToken)
    {
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, definitionId, cancellationToken) is not { Deleted: true }) return false;
        await using (var command = unit.Command("update workflow_definition set deleted_at = null, revision = revision + 1 where definition_id = @id"))
        {
            command.Parameters.AddWithValue("id", definitionId);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await RecordAsync(unit, definitionId, null, "Återtagen efter borttagning", change, null, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<bool> DeleteVersionAsync(string versionId, DefinitionChange change, CancellationToken cancellationToken)
    {
        if (await FindVersionAsync(versionId, cancellationToken) is not { Version: { IsTrial: false } version }) return false;
        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        if (await LockAsync(unit, version.DefinitionId, cancellationToken) is not { Deleted: false } locked) return false;
        if (version.IsPublished) await RetractAsync(unit, version.DefinitionId, locked.Region, change, cancellationToken);
        await using var command = unit.Command("""
            update workflow_definition_version set deleted_at = @at, is_latest = false where id = @id and deleted_at is null
            """);
        command.Parameters.AddWithValue("id", versionId);
        command.Parameters.AddWithValue("definition", version.DefinitionId);
        command.Parameters.AddWithValue("at", change.At.ToUniversalTime());
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) return false;
        command.CommandText = """
            update workflow_definition_version v set is_latest = true
            where v.id = (select id from workflow_definition_version where definition_id = @definition and deleted_at is null and not is_trial order by version desc limit 1)
              and not exists (select 1 from workflow_definition_version where definition_id = @definition and is_latest)
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
        // The last version gone means the routine is gone.
        command.CommandText = """
            update workflow_definition set revision = revision + 1,
              deleted_at = case when exists (select 1 from workflow_definition_version where definition_id = @definition and is_latest) then null else @at end
            where definition_id = @definition
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await RecordAsync(unit, version.DefinitionId, version, "Version borttagen", change, null, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        graphs.Changed(version.DefinitionId);
        return true;
    }

    public async Task<StoredDefinition?> FreezeAsync(string definitionId, VersionOptions version, DefinitionChange change, CancellationToken cancellationToken)
    {
        if (await FindAsync(definitionId, version, cancellationToken) is not { } found) return null;
        // A version that has been published never changes; a draft does, so its trial runs keep a copy of their own.
        if (found.Version.PublishedAt is not null) return found;

        await using var unit = await UnitOfWork.BeginAsync(source, cancellationToken);
        await LockAsync(unit, definitionId, cancellationToken);
        await using var command = unit.Command("""
            with draft as (select * from workflow_definition_version where id = @id),
            made as (
              insert into workflow_definition_version (id, definition_id, version, name, description, tool_version, document, content_hash, step_count,
                usable_as_activity, is_readonly, is_system, is_trial, created_at, created_by, created_by_name, updated_at, updated_by, updated_by_name, published_at)
              select @copy, definition_id, version, name, description, tool_version, document, content_hash, step_count,
                usable_as_activity, true, is_system, true, @at, @person, @personName, @at, @person, @personName, @at
              from draft d
              where not exists (select 1 from workflow_definition_version t where t.definition_id = d.definition_id and t.content_hash = d.content_hash and t.version = d.version and t.is_trial)
              returning id)
            select id from made
            union all
            select t.id from workflow_definition_version t join draft d on t.definition_id = d.definition_id and t.content_hash = d.content_hash and t.version = d.version and t.is_trial
            limit 1
            """);
        command.Parameters.AddWithValue("id", found.Version.Id);
        command.Parameters.AddWithValue("copy", DefinitionDocument.NewId());
        command.Parameters.AddWithValue("at", change.At.ToUniversalTime());
        command.Parameters.AddWithValue("person", change.PersonId);
        command.Parameters.AddWithValue("personName", change.PersonName);
        var id = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        await unit.CommitAsync(cancellationToken);
        return await LoadVersionAsync(new DefinitionReads(source, unit.Connection), id, cancellationToken);
    }

    private async Task<bool> RetractAsync(UnitOfWork unit, string definitionId, string region, DefinitionChange change, CancellationToken cancellationToken)
    {
        string? id;
        await using (var command = unit.Command("""
            update workflow_definition set revision = revision + 1 where definition_id = @definition
              and exists (select 1 from workflow_definition_version where definition_id = @definition and is_published)
            """))
        {
            command.Parameters.AddWithValue("definition", definitionId);
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = "update workflow_definition_version set is_published = false where definition_id = @definition and is_published returning id";
            id = (string?)await command.ExecuteScalarAsync(cancellationToken);
        }

        if (id is null) return false;
        DefinitionVersion version;
        await using (var command = unit.Command($"select {Columns}, v.document::text {From} where v.id = @id"))
        {
            command.Parameters.AddWithValue("id", id);
            version = (await SingleAsync(command, cancellationToken))!.Version;
        }

        await RecordAsync(unit, definitionId, version, "Avpublicerad", change, null, cancellationToken);
        await TellAsync(unit, new Publication(definitionId, region, null, null, change.At), cancellationToken);
        return true;
    }

    /// <summary>What was looked at is what somebody else has published meanwhile: a double click is no conflict.</summary>
    private static async Task<bool> IsUnchangedAsync(UnitOfWork unit, DefinitionVersion seen, DefinitionVersion now, CancellationToken cancellationToken)
    {
        if (seen.Id != now.Id) return false;
        await using var command = unit.Command("""
            select not exists (select 1 from workflow_definition_save where definition_id = @definition and version_id = @id and kind = 'saved' and revision > @seen)
            """);
        command.Parameters.AddWithValue("definition", now.DefinitionId);
        command.Parameters.AddWithValue("id", now.Id);
        command.Parameters.AddWithValue("seen", seen.Revision);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static bool IsSame(DefinitionVersion a, DefinitionVersion b) => a.Id == b.Id && a.Revision == b.Revision && a.IsPublished == b.IsPublished;

    private static string Meanwhile(DefinitionVersion now) =>
        $"Inte publicerat: {now.UpdatedByName} har sparat en ändring av rutinen ({Local(now.UpdatedAt)}) som inte är granskad. Ladda om sidan och publicera på nytt.";

    private async Task TellAsync(UnitOfWork unit, Publication publication, CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners)
            await listener.ChangedAsync(publication, unit.Connection, unit.Transaction, cancellationToken);
    }
}
