using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Definitions;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>The statements of a burst's last batch: instance, bookmarks, journal, queue.</summary>
internal static class BurstWriter
{
    internal const string InsertInstanceSql =
        """
        INSERT INTO instance (id, created_at, updated_at, finished_at, case_id, parent_id, version, incident_count, journal_seq, status, sub_status,
          trial, has_queue, definition_id, version_id, region, correlation_id, name, parent_bookmark_id, journal_head, state, trial_root, depth, family_id)
        VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        """;

    /// <summary>
    /// The same, when the version was chosen for being published: if it no longer is, or is another region's, version_id becomes null and the
    /// whole batch is refused. So a host that has not heard of a publication yet cannot start an old version, at no round trip of its own.
    /// </summary>
    internal static readonly string InsertPublishedInstanceSql = InsertInstanceSql.Replace(
        "$14",
        $"""
        (SELECT v.id FROM workflow_definition_version v JOIN workflow_definition d USING (definition_id)
          WHERE v.id = $14 AND v.is_published AND d.region IN ($15, '{DefinitionFiles.Shared}'))
        """,
        StringComparison.Ordinal);

    internal const string UpdateInstanceSql =
        """
        UPDATE instance SET updated_at = $2, finished_at = $3, revision = revision + 1, incident_count = greatest(0, incident_count + $4), journal_seq = $5,
          status = $6, sub_status = $7, has_queue = $8, correlation_id = $9, name = $10, journal_head = $11, state = $12 WHERE id = $1
        """;

    // The run's own case is on its row.
    private const string InsertOriginsSql =
        """
        INSERT INTO instance_origin (instance_id, case_id, at_start)
        SELECT $1, o.case_id, $5 FROM (
          SELECT case_id FROM instance WHERE id = $2 UNION SELECT case_id FROM instance_origin WHERE instance_id = $2 UNION SELECT $3::uuid) o
        WHERE o.case_id IS NOT NULL AND o.case_id IS DISTINCT FROM $4::uuid ON CONFLICT DO NOTHING
        """;

    // Versions that two have read need no mark, and are those that call most.
    private const string InsertMoversSql =
        """
        INSERT INTO instance_mover (instance_id, version_id)
        SELECT $1, m.version_id FROM (SELECT version_id FROM instance WHERE id = $2 UNION SELECT version_id FROM instance_mover WHERE instance_id = $2) m
        JOIN workflow_definition_version v ON v.id = m.version_id AND NOT v.reviewed ON CONFLICT DO NOTHING
        """;

    internal const string InsertBookmarkSql = "INSERT INTO bookmark (instance_id, hash, id) VALUES ($1, $2, $3)";

    internal const string DeleteBookmarksSql = "DELETE FROM bookmark WHERE instance_id = $1 AND id = ANY($2)";

    internal const string InsertJournalSql =
        "INSERT INTO journal (stream_id, at, seq, entries, trial, region, hash, payload_digest, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    internal const string InsertPayloadSql =
        "INSERT INTO journal_payload (stream_id, seq, trial, region, salt, data) VALUES ($1, $2, $3, $4, $5, $6)";

    internal const string DeleteItemSql = "DELETE FROM queue WHERE id = $1";

    // Timers, resumes and jobs of burned bookmarks; messages to the outside (11) are not taken back.
    private const string DeleteBurnedItemsSql = "DELETE FROM queue WHERE instance_id = $1 AND bookmark_id = ANY($2) AND kind IN (1, 2, 10)";

    private const string DeleteAllItemsSql = "DELETE FROM queue WHERE instance_id = $1 AND kind IN (1, 2, 5, 10)";

    // A failed instance may be retried: what it waits for is kept, and waits with it.
    private const string HoldItemsSql = "UPDATE queue SET not_before = 'infinity' WHERE instance_id = $1 AND kind IN (1, 2, 10)";

    /// <summary>An item that came when its instance had failed already.</summary>
    internal const string HoldItemSql = "UPDATE queue SET not_before = 'infinity', lease_until = NULL, lease_owner = NULL WHERE id = $1";

    private const string ReleaseItemsSql = "UPDATE queue SET not_before = NULL WHERE instance_id = $1 AND not_before = 'infinity'";

    private const string InsertIncidentSql =
        """
        INSERT INTO incident (id, instance_id, at, trial, region, kind, ref, node_id, activity_instance_id, message, detail, tries)
        VALUES ($1, $2, $3, $4, $5, 'Activity', $6, $7, $8, $9, $10, $11)
        """;

    private const string ResolveIncidentSql =
        """
        UPDATE incident SET resolved_at = $3, resolution = $4, reason = $5, resolved_by = $6, revision = revision + 1
        WHERE instance_id = $1 AND ref = $2 AND resolved_at IS NULL
        """;

    public static void Append(NpgsqlBatch batch, BurstScope scope, InstanceRow row, QueueItem? item, ResolveIncident? resolve)
    {
        var state = scope.Result.State;
        var effects = BurstEffects.Sort(scope, row);
        var finished = state.Status == WorkflowStatus.Finished;
        if (finished) BurstEffects.ReportToParent(scope, row);

        var (journalSeq, head) = AppendJournal(batch, scope, row);
        AppendInstance(batch, scope, row, effects, journalSeq, head);
        AppendBookmarks(batch, scope, effects);
        if (!scope.Trial && scope.CameFrom is { } from) batch.Add(InsertOriginsSql).With(scope.InstanceId).With(from.Instance).With(from.Case).With(row.CaseId).With(scope.Stimulus == BurstStimulus.Start);
        if (!scope.Trial && scope.CameFrom is { Instance: not null } mover) batch.Add(InsertMoversSql).With(scope.InstanceId).With(mover.Instance);
        if (item is not null) batch.Add(DeleteItemSql).With(item.Id);
        if (row.HasQueue) AppendQueueChanges(batch, scope, row, effects, finished);

        foreach (var raised in effects.Incidents)
        {
            var i = raised.Incident;
            batch.Add(InsertIncidentSql)
                .With(Guid.CreateVersion7()).With(scope.InstanceId).With(scope.Now).With(scope.Trial).With(scope.Region)
                .With(i.Id).With(i.NodeId).With(i.ActivityInstanceId).With(i.Message).With(i.ExceptionType)
                .With(item is { Kind: QueueKind.Job } job ? job.Attempts : 1);
        }

        foreach (var r in effects.Resolved)
        {
            batch.Add(ResolveIncidentSql)
                .With(scope.InstanceId).With(r.IncidentId).With(scope.Now).With(r.Skipped ? "Skip" : "Retry").With(r.Reason ?? resolve?.Reason).With(resolve?.By);
        }

        foreach (var d in effects.Dropped)
            batch.Add(ResolveIncidentSql).With(scope.InstanceId).With(d.IncidentId).With(scope.Now).With("Cancelled").With((string?)null).With((string?)null);
    }

    /// <summary>Queue rows of this burst, and what a failure of the whole instance does to them and to those before.</summary>
    public static void AppendQueue(NpgsqlBatch batch, BurstScope scope, InstanceRow row)
    {
        scope.Queue.AppendTo(batch, scope.Now);
        var waits = row.HasQueue || scope.Queue.Items.Exists(i => i.InstanceId == scope.InstanceId && i.BookmarkId is not null);
        if (waits && !row.WasFaulted && scope.Result.State.SubStatus == WorkflowSubStatus.Faulted) batch.Add(HoldItemsSql).With(scope.InstanceId);
    }

    private static void AppendQueueChanges(NpgsqlBatch batch, BurstScope scope, InstanceRow row, BurstEffects effects, bool finished)
    {
        var faulted = scope.Result.State.SubStatus == WorkflowSubStatus.Faulted;
        if (finished && !faulted)
        {
            batch.Add(DeleteAllItemsSql).With(scope.InstanceId);
            return;
        }

        if (effects.Burned.Count > 0) batch.Add(DeleteBurnedItemsSql).With(scope.InstanceId).With(effects.Burned.ToArray());
        if (row.WasFaulted && !faulted) batch.Add(ReleaseItemsSql).With(scope.InstanceId);
    }

    private static void AppendInstance(NpgsqlBatch batch, BurstScope scope, InstanceRow row, BurstEffects effects, int journalSeq, byte[] head)
    {
        var s = scope.Result.State;
        var incidents = effects.Incidents.Count - effects.Resolved.Count - effects.Dropped.Count;
        var hasQueue = row.HasQueue || effects.ArmsQueue;
        if (row.State is null)
        {
            batch.Add(row.MustBePublished ? InsertPublishedInstanceSql : InsertInstanceSql)
                .With(scope.InstanceId).With(scope.Now).With(s.FinishedAt).With(row.CaseId).With(row.ParentId).With(row.Version).With(Math.Max(0, incidents))
                .With(journalSeq).With((short)s.Status).With((short)s.SubStatus).With(row.Trial).With(hasQueue).With(row.DefinitionId).With(row.VersionId)
                .With(row.Region).With(s.CorrelationId).With(row.NameAfter(s)).With(row.ParentBookmarkId).With(head).With(s.Serialize()).With(scope.TrialRoot).With(row.Depth)
                .With(row.Family);
            return;
        }

        batch.Add(UpdateInstanceSql)
            .With(scope.InstanceId).With(scope.Now).With(s.FinishedAt).With(incidents).With(journalSeq).With((short)s.Status).With((short)s.SubStatus)
            .With(hasQueue).With(s.CorrelationId).With(row.NameAfter(s)).With(head).With(s.Serialize());
    }

    private static void AppendBookmarks(NpgsqlBatch batch, BurstScope scope, BurstEffects effects)
    {
        foreach (var b in effects.Created.Values)
        {
            if (b.Key is not null) batch.Add(InsertBookmarkSql).With(scope.InstanceId).With(EventHash.Of(b.Name, b.Key)).With(b.Id);
        }

        if (effects.Burned.Count > 0) batch.Add(DeleteBookmarksSql).With(scope.InstanceId).With(effects.Burned.ToArray());
    }

    private static (int Next, byte[] Head) AppendJournal(NpgsqlBatch batch, BurstScope scope, InstanceRow row)
    {
        var entries = scope.Result.Journal;
        if (entries.Count == 0) return (row.JournalSeq, row.JournalHead);

        var (data, payload) = JournalCodec.Encode(entries);
        var salt = payload is null ? null : JournalChain.NewSalt();
        var digest = payload is null ? null : JournalChain.Digest(salt, payload);
        var hash = JournalChain.Next(row.JournalHead, scope.InstanceId, row.JournalSeq, entries.Count, scope.Now, data, digest);
        batch.Add(InsertJournalSql)
            .With(scope.InstanceId).With(scope.Now).With(row.JournalSeq).With(entries.Count).With(scope.Trial).With(scope.Region).With(hash).With(digest).With(data);
        if (payload is not null)
            batch.Add(InsertPayloadSql).With(scope.InstanceId).With(row.JournalSeq).With(scope.Trial).With(scope.Region).With(salt).With(payload);
        return (row.JournalSeq + entries.Count, hash);
    }
}
