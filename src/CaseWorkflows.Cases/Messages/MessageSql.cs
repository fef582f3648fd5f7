using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>The message thread of a case in hand-written SQL.</summary>
internal static class MessageSql
{
    /// <summary>The id of the latest message from the resident of case $1; no row when there is none.</summary>
    public const string LatestReceived = "SELECT id FROM message WHERE case_id = $1 AND direction = 'In' ORDER BY sent_at DESC, id DESC LIMIT 1";

    private const string InsertMessage = """
        INSERT INTO message (id, case_id, region, direction, kind, phrase, phrase_changed, author_role, author, sent_at,
            counts_as_first_response, delivery_state, trial)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    /// <summary>The message, and where something delivers it its place in the outbox.</summary>
    public static void InsertSent(NpgsqlBatch batch, MessageSent m, CaseRecord record, BurstScope scope, bool hasChannel)
    {
        var state = m.Blocked ? DeliveryState.Blocked : record.Trial ? DeliveryState.Trial : hasChannel ? DeliveryState.Queued : DeliveryState.NoChannel;
        batch.Add(InsertMessage, m.MessageId, record.Id, record.Region, MessageDirection.Out, m.Kind, Sql.Value(m.PhraseKey), m.PhraseChanged,
            Sql.Value(m.AuthorRole), Sql.Value(m.Author), scope.Now, m.CountsAsFirstResponse, state, record.Trial);
        Text(batch, m.MessageId, m.Text);
        if (state == DeliveryState.Queued) scope.AddOutbox(ResidentMessageSender.OutboxKind, new ResidentMessageSender.Queued(m.MessageId));
    }

    public static void InsertReceived(NpgsqlBatch batch, Guid id, CaseRecord record, string kind, string text, DateTimeOffset now)
    {
        batch.Add(InsertMessage, id, record.Id, record.Region, MessageDirection.In, kind, Sql.Value((string?)null), false,
            Sql.Value((string?)null), Sql.Value((string?)null), now, false, DeliveryState.Received, record.Trial);
        Text(batch, id, text);
    }

    private static void Text(NpgsqlBatch batch, Guid id, string text) =>
        batch.Add("INSERT INTO message_content (message_id, text) VALUES ($1, $2)", id, text);
}
