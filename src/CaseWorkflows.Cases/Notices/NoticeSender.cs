using System.Text.Json;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Hands notices from the outbox to their channel and writes back how it went; every failed try is counted on the notice.</summary>
internal sealed class NoticeSender(IEnumerable<INoticeChannel> channels, NpgsqlDataSource database) : IOutboxSender
{
    public string Kind => NoticeMessage.Kind;

    public async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        var notice = Read(message);
        // The first channel registered for it wins, so that a host can put a real gateway before the development one.
        var channel = channels.FirstOrDefault(c => c.Delivers(notice.Channel))
            ?? throw new InvalidOperationException($"No delivery is configured for the notice channel {notice.Channel}.");
        try
        {
            await channel.DeliverAsync(notice, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            await using var command = database.CreateCommand("UPDATE notice SET attempts = $2, error = $3, revision = revision + 1 WHERE id = $1")
                .With(notice.NoticeId, message.Attempt, error.Message);
            await command.ExecuteNonQueryAsync(ct);
            throw;
        }
    }

    public void AppendResult(OutboxMessage message, OutboxResult result, NpgsqlBatch batch) =>
        batch.Add("""
            UPDATE notice SET delivery_state = $2, attempts = $3, error = $4, delivered_at = CASE WHEN $5 THEN $6 END, revision = revision + 1 WHERE id = $1
            """,
            Read(message).NoticeId, result.Delivered ? DeliveryState.Sent : DeliveryState.Failed, message.Attempt, Sql.Value(result.Error), result.Delivered, message.Now);

    private static NoticeMessage Read(OutboxMessage message) => message.Payload.Deserialize<NoticeMessage>(DomainJson.Options)!;
}
