using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Statements that change reference documents, for a batch.</summary>
internal static class ReferenceWriter
{
    /// <summary>
    /// A new version of the document from <paramref name="validFrom"/>: an earlier version that is still open ends there; one from
    /// the same instant is replaced. Null = from the beginning.
    /// </summary>
    public static void Save(
        NpgsqlBatch batch, string kind, string id, DateTimeOffset? validFrom, DateTimeOffset? validTo, string? region, JsonObject data, string? by, DateTimeOffset at)
    {
        batch.Add("""
            UPDATE reference SET valid_to = $3, revision = revision + 1
            WHERE kind = $1 AND id = $2 AND valid_from < $3 AND (valid_to IS NULL OR valid_to > $3)
            """, kind, id, Instant(validFrom));
        batch.Add("""
            INSERT INTO reference (kind, id, valid_from, valid_to, region, data, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (kind, id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, region = excluded.region, data = excluded.data,
                revision = reference.revision + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """, kind, id, Instant(validFrom), Sql.Value(validTo), Sql.Value(region), Sql.Json(data), Sql.Value(by), Sql.Value(at));
    }

    /// <summary>Replaces the document in place, with its period: for documents whose period is part of what they say.</summary>
    public static void Replace(
        NpgsqlBatch batch, string kind, string id, DateTimeOffset? validFrom, DateTimeOffset? validTo, string? region, JsonObject data, string? by, DateTimeOffset at)
    {
        batch.Add("DELETE FROM reference WHERE kind = $1 AND id = $2", kind, id);
        Save(batch, kind, id, validFrom, validTo, region, data, by, at);
    }

    private static NpgsqlParameter Instant(DateTimeOffset? instant) =>
        instant is null || instant == DateTimeOffset.MinValue
            ? new NpgsqlParameter { Value = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
            : Sql.Value(instant.Value);
}
