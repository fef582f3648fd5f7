using System.Text.Json;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Hands notices from the outbox to their channel and writes back how it went; every failed try is counted on the notice.</summary>
internal sealed class NoticeSender(DeliveryChannels channels, NpgsqlDataSource database) : IOutboxSender
{
    public string Kind => NoticeMessage.Kind;

    public async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        var notice = Read(message);
        try
        {
            await channels.DeliverAsync(notice, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            await using var command = database.CreateCommand("UPDATE notice SET attempts = $2, error = $3, revision = revision + 1 WHERE id = $1")
                .With(notice.NoticeId, message.Attempt, error.Message);
            await command.ExecuteNonQueryAsync(ct);
            throw;
        }
    }

    public void AppendResult(OutboxMessage message, OutboxResult result, NpgsqlBatch batch)
    {
        var notice = Read(message);
        var state = result.Delivered ? DeliveryState.Sent : channels.Has(notice.Channel) ? DeliveryState.Failed : DeliveryState.NoChannel;
        batch.Add("""
            UPDATE notice SET delivery_state = $2, attempts = $3, error = $4, delivered_at = CASE WHEN $5 THEN $6 END, revision = revision + 1 WHERE id = $1
            """,
            notice.NoticeId, state, message.Attempt, Sql.Value(result.Error), result.Delivered, message.Now);
    }

    private static NoticeMessage Read(OutboxMessage message) => message.Payload.Deserialize<NoticeMessage>(DomainJson.Options)!;
}
