using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Statements that change reference documents, for a batch.</summary>
internal static class ReferenceWriter
{
    private const string InsertSql = """
        INSERT INTO reference (kind, id, valid_from, valid_to, region, data, changed_by, changed_at, revision)
        VALUES ($1, $2, $3, coalesce($4, (SELECT min(valid_from) FROM reference WHERE kind = $1 AND id = $2 AND valid_from > $3)), $5, $6, $7, $8,
            1 + coalesce((SELECT max(revision) FROM reference WHERE kind = $1 AND id = $2), 0))
        ON CONFLICT (kind, id, valid_from) DO UPDATE SET valid_to = excluded.valid_to, region = excluded.region, data = excluded.data,
            revision = excluded.revision, changed_by = excluded.changed_by, changed_at = excluded.changed_at, fault = NULL
        """;

    /// <summary>
    /// A new version of the document from <paramref name="validFrom"/>: an earlier version that is still open ends there; one from
    /// the same instant is replaced; one that is planned for later takes over when its time comes. Null = from the beginning.
    /// </summary>
    public static void Save(
        NpgsqlBatch batch, string kind, string id, DateTimeOffset? validFrom, DateTimeOffset? validTo, string? region, JsonObject data, string? by, DateTimeOffset at)
    {
        batch.Add("UPDATE reference SET valid_to = $3 WHERE kind = $1 AND id = $2 AND valid_from < $3 AND (valid_to IS NULL OR valid_to > $3)",
            kind, id, Instant(validFrom));
        batch.Add(InsertSql, kind, id, Instant(validFrom), Sql.Value(validTo), Sql.Value(region), Sql.Json(data), Sql.Value(by), Sql.Value(at));
    }

    /// <summary>Replaces the document in place, with its period: for documents whose period is part of what they say.</summary>
    public static void Replace(
        NpgsqlBatch batch, string kind, string id, DateTimeOffset? validFrom, DateTimeOffset? validTo, string? region, JsonObject data, string? by, DateTimeOffset at)
    {
        // The row that takes the new period is chosen first, so that its revision goes on; what other versions there were goes.
        batch.Add("DELETE FROM reference WHERE kind = $1 AND id = $2 AND valid_from <> (SELECT max(valid_from) FROM reference WHERE kind = $1 AND id = $2)", kind, id);
        // Never open for a moment: it would claim what comes after it.
        batch.Add("UPDATE reference SET valid_from = $3, valid_to = $4 WHERE kind = $1 AND id = $2", kind, id, Instant(validFrom), Sql.Value(validTo));
        batch.Add(InsertSql, kind, id, Instant(validFrom), Sql.Value(validTo), Sql.Value(region), Sql.Json(data), Sql.Value(by), Sql.Value(at));
    }

    private static NpgsqlParameter Instant(DateTimeOffset? instant) =>
        instant is null || instant == DateTimeOffset.MinValue
            ? new NpgsqlParameter { Value = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }
            : Sql.Value(instant.Value);
}
