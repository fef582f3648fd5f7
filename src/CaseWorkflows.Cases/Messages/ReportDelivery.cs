using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>An integration tells how the delivery of a message went. Told again it changes nothing; a failed one may arrive later.</summary>
public sealed class ReportDelivery(NpgsqlDataSource database)
{
    private const int LongestError = 2_000;
    private const string Tried = "Ta emot leveransbesked";

    /// <exception cref="NotFoundException">No such message to a resident, or another region's.</exception>
    /// <exception cref="ForbiddenException">Another channel's.</exception>
    public async Task ExecuteAsync(CommandContext context, Guid messageId, string? state, string? error, CancellationToken ct)
    {
        if (state is not (DeliveryState.Delivered or DeliveryState.Failed))
            throw new ValidationFailedException("state", $"Ange {DeliveryState.Delivered} eller {DeliveryState.Failed}.");
        if (error?.Length > LongestError) throw new ValidationFailedException("error", $"Texten får vara högst {LongestError} tecken.");

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var found = await LockAsync(connection, context, messageId, ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        // Delivered is the last word; what was stopped here was never sent.
        if (found.State != state && found.State is DeliveryState.Queued or DeliveryState.NoChannel or DeliveryState.Sent or DeliveryState.Failed)
        {
            batch.Add("""
                UPDATE message SET delivery_state = $2, error = $3, delivered_at = CASE WHEN $4 THEN $5 END, attempts = attempts + 1, revision = revision + 1 WHERE id = $1
                """, messageId, state, Sql.Value(state == DeliveryState.Failed ? error : null), state == DeliveryState.Delivered, context.Now);
            HistoryWriter.Append(batch, new HistoryEntry
            {
                Event = state == DeliveryState.Delivered ? "Meddelande levererat" : "Leverans misslyckades", Actor = context.Actor, At = context.Now, Region = found.Region, Unit = found.Unit,
                CaseId = found.Case, Before = found.State, After = state, MessageId = messageId, Source = context.Source
            });
        }

        context.Idempotency?.Append(batch, $"message:{messageId}");
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<(Guid Case, string Region, string Unit, string State)> LockAsync(NpgsqlConnection connection, CommandContext context, Guid messageId, CancellationToken ct)
    {
        var rules = new CaseRules(context.Actor, context.Reference);
        await using var command = new NpgsqlCommand { Connection = connection };
        command.With(messageId);
        var parameters = RuleParameters.Of(command.Parameters);
        command.CommandText = $"""
            SELECT c.id, c.region, c.unit, m.delivery_state, coalesce({rules.Delivers.Sql(parameters)}, false)
            FROM message m JOIN cases c ON c.id = m.case_id WHERE m.id = $1 AND m.direction = 'Ut' AND {rules.InRegion.Sql(parameters)} FOR UPDATE OF m
            """;
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new NotFoundException();
        var (caseId, unit) = (reader.GetGuid(0), reader.GetString(2));
        return reader.GetBoolean(4) ? (caseId, reader.GetString(1), unit, reader.GetString(3)) : throw new ForbiddenException(Tried, caseId, unit: unit);
    }
}
