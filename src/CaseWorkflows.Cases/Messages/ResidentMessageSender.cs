using System.Text.Json;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>Hands residents' messages from the outbox to their channel and writes back how it went. The outbox holds the id alone: the text stays in its own row.</summary>
internal sealed class ResidentMessageSender(DeliveryChannels channels, NpgsqlDataSource database) : IOutboxSender
{
    public const string OutboxKind = "resident-message";

    public string Kind => OutboxKind;

    public async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        var id = Read(message).MessageId;
        if (await LoadAsync(id, ct) is not { } notice) return;
        try
        {
            await channels.DeliverAsync(notice, ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            await using var command = database.CreateCommand("UPDATE message SET attempts = $2, error = $3, revision = revision + 1 WHERE id = $1")
                .With(id, message.Attempt, error.Message);
            await command.ExecuteNonQueryAsync(ct);
            throw;
        }
    }

    /// <summary>Only from queued: what an integration has told meanwhile is later news.</summary>
    public void AppendResult(OutboxMessage message, OutboxResult result, NpgsqlBatch batch)
    {
        var state = result.Delivered ? DeliveryState.Sent : channels.Has(NoticeChannel.Resident) ? DeliveryState.Failed : DeliveryState.NoChannel;
        batch.Add($"""
            UPDATE message SET delivery_state = $2, attempts = $3, error = $4, revision = revision + 1 WHERE id = $1 AND delivery_state = '{DeliveryState.Queued}'
            """,
            Read(message).MessageId, state, message.Attempt, Sql.Value(result.Error));
    }

    /// <summary>Null when it is delivered by other ways, or removed by rule.</summary>
    private async Task<NoticeMessage?> LoadAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            SELECT m.kind, t.text, k.patient ->> 'phone' FROM message m JOIN message_content t ON t.message_id = m.id JOIN case_content k ON k.case_id = m.case_id
            WHERE m.id = $1 AND m.delivery_state = '{DeliveryState.Queued}'
            """).With(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new NoticeMessage(id, NoticeChannel.Resident, "Invånaren", reader.Text(2) ?? "", reader.GetString(0), reader.GetString(1))
            : null;
    }

    private static Queued Read(OutboxMessage message) => message.Payload.Deserialize<Queued>(DomainJson.Options)!;

    /// <summary>What the outbox holds. Stored.</summary>
    internal sealed record Queued(Guid MessageId);
}
