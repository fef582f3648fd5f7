using System.Globalization;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Kept saves, the audit history and who has what open.</summary>
internal sealed partial class DefinitionStore
{
    /// <summary>A window that has not said anything for this long is closed.</summary>
    private static readonly TimeSpan PresenceLapse = TimeSpan.FromSeconds(90);

    public async Task<IReadOnlyList<DraftSave>> SavesAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select id, definition_id, version_id, version, revision, kind, saved_at, saved_by, saved_by_name, step_count
            from workflow_definition_save where definition_id = @id order by id desc limit 1000
            """);
        command.Parameters.AddWithValue("id", definitionId);
        var saves = new List<DraftSave>();
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        while (await r.ReadAsync(cancellationToken))
        {
            saves.Add(new DraftSave(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetInt64(4), r.GetString(5),
                r.GetFieldValue<DateTimeOffset>(6), r.GetString(7), r.GetString(8), r.GetInt32(9)));
        }

        return saves;
    }

    public async Task<string?> FindSaveAsync(string definitionId, long saveId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select document::text from workflow_definition_save where definition_id = @definition and id = @id");
        command.Parameters.AddWithValue("definition", definitionId);
        command.Parameters.AddWithValue("id", saveId);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<int> RemoveOldSavesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from workflow_definition_save where removal_at < @now");
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<DefinitionEvent>> HistoryAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select id, definition_id, version_id, version, event, at, person_id, person_name, reason, detail
            from workflow_definition_event where definition_id = @id order by id desc
            """);
        command.Parameters.AddWithValue("id", definitionId);
        var events = new List<DefinitionEvent>();
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        while (await r.ReadAsync(cancellationToken))
        {
            events.Add(new DefinitionEvent(r.GetInt64(0), r.GetString(1), Text(r, 2), r.IsDBNull(3) ? null : r.GetInt32(3), r.GetString(4),
                r.GetFieldValue<DateTimeOffset>(5), r.GetString(6), r.GetString(7), Text(r, 8), Text(r, 9)));
        }

        return events;

        static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);
    }

    public async Task<IReadOnlyList<EditingPresence>> TouchPresenceAsync(string definitionId, string session, string personId, string personName, CancellationToken cancellationToken)
    {
        await using (var command = source.CreateCommand("""
            insert into workflow_definition_presence (definition_id, session, person_id, person_name, since, seen_at)
            values (@id, @session, @person, @name, clock_timestamp(), clock_timestamp())
            on conflict (definition_id, session) do update set seen_at = clock_timestamp(), person_name = excluded.person_name, person_id = excluded.person_id,
              since = case when workflow_definition_presence.seen_at < clock_timestamp() - @lapse or workflow_definition_presence.person_id <> excluded.person_id
                      then clock_timestamp() else workflow_definition_presence.since end
            """))
        {
            command.Parameters.AddWithValue("id", definitionId);
            command.Parameters.AddWithValue("session", session);
            command.Parameters.AddWithValue("person", personId);
            command.Parameters.AddWithValue("name", personName);
            command.Parameters.AddWithValue("lapse", PresenceLapse);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var all = await PresenceAsync(definitionId, cancellationToken);
        return all.Where(p => p.Session != session).ToList();
    }

    public async Task<IReadOnlyList<EditingPresence>> PresenceAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select session, person_id, person_name, since, seen_at from workflow_definition_presence
            where definition_id = @id and seen_at > clock_timestamp() - @lapse order by since, session
            """);
        command.Parameters.AddWithValue("id", definitionId);
        command.Parameters.AddWithValue("lapse", PresenceLapse);
        var present = new List<EditingPresence>();
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        while (await r.ReadAsync(cancellationToken))
            present.Add(new EditingPresence(r.GetString(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4)));
        return present;
    }

    public async Task LeavePresenceAsync(string definitionId, string session, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from workflow_definition_presence where definition_id = @id and session = @session");
        command.Parameters.AddWithValue("id", definitionId);
        command.Parameters.AddWithValue("session", session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RecordAsync(UnitOfWork unit, string definitionId, DefinitionVersion? version, string what, DefinitionChange change, string? detail, CancellationToken cancellationToken)
    {
        byte[] previous;
        await using (var head = unit.Command("select event_hash from workflow_definition where definition_id = @id for update"))
        {
            head.Parameters.AddWithValue("id", definitionId);
            previous = (byte[])(await head.ExecuteScalarAsync(cancellationToken))!;
        }

        var at = change.At.ToUniversalTime();
        // PostgreSQL keeps microseconds; the hash must be the same when read back.
        at = at.AddTicks(-(at.Ticks % 10));
        var hash = DefinitionDocument.HashText(previous, string.Join('\u001f', definitionId, version?.Id, version?.Version.ToString(CultureInfo.InvariantCulture), what,
            at.ToString("O"), change.PersonId, change.PersonName, change.Reason, detail));
        await using var command = unit.Command("""
            insert into workflow_definition_event (definition_id, version_id, version, event, at, person_id, person_name, reason, detail, previous_hash, hash)
            values (@id, @versionId, @version, @event, @at, @person, @personName, @reason, @detail, @previous, @hash);
            update workflow_definition set event_hash = @hash where definition_id = @id
            """);
        var p = command.Parameters;
        p.AddWithValue("id", definitionId);
        p.AddWithValue("versionId", (object?)version?.Id ?? DBNull.Value);
        p.AddWithValue("version", (object?)version?.Version ?? DBNull.Value);
        p.AddWithValue("event", what);
        p.AddWithValue("at", at);
        p.AddWithValue("person", change.PersonId);
        p.AddWithValue("personName", change.PersonName);
        p.AddWithValue("reason", (object?)change.Reason ?? DBNull.Value);
        p.AddWithValue("detail", (object?)detail ?? DBNull.Value);
        p.AddWithValue("previous", previous);
        p.AddWithValue("hash", hash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
