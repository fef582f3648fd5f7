using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>
/// The queue of an integration: messages to residents in its own channels' cases that are not yet told to have arrived or failed, the oldest
/// first. That a channel here has taken one does not end it; what the integration tells does (<see cref="ReportDelivery"/>).
/// </summary>
public sealed class OutgoingMessages(NpgsqlDataSource database)
{
    /// <exception cref="ForbiddenException">The actor delivers nothing.</exception>
    /// <exception cref="ValidationFailedException">The cursor is not of this list.</exception>
    public async Task<OutgoingPage> ListAsync(CommandContext context, string? cursor, int limit, CancellationToken ct)
    {
        if (!context.Actor.MayAnywhere(Permissions.IntegrationEvents)) throw new ForbiddenException("Hämta meddelanden till invånare");
        Guid? after = string.IsNullOrEmpty(cursor) ? null : Guid.TryParseExact(cursor, "N", out var id) ? id : throw new ValidationFailedException("cursor", "Markören hör inte till den här listan.");
        limit = Math.Clamp(limit, 1, 200);

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand { Connection = connection };
        command.With(Sql.Value(after), limit + 1);
        var delivers = new CaseRules(context.Actor, context.Reference).Delivers.Sql(RuleParameters.Of(command.Parameters));
        command.CommandText = $"""
            SELECT m.id, m.case_id, c.case_number, c.external_id, c.channel, m.kind, t.text, m.sent_at, m.delivery_state, c.unit,
                (SELECT jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'type', a.content_type, 'size', a.size) ORDER BY a.at, a.id)::text FROM attachment a WHERE a.message_id = m.id)
            FROM message m JOIN cases c ON c.id = m.case_id JOIN message_content t ON t.message_id = m.id
            WHERE m.direction = 'Ut' AND NOT m.trial AND m.delivery_state IN ('Köat', 'Ingen kanal', 'Skickat') AND {delivers}
                AND ($1::uuid IS NULL OR (m.sent_at, m.id) > (SELECT p.sent_at, p.id FROM message p WHERE p.id = $1))
            ORDER BY m.sent_at, m.id LIMIT $2
            """;
        var items = new List<OutgoingMessage>();
        var shown = new List<(Guid, string?)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var caseId = reader.GetGuid(1);
                items.Add(new OutgoingMessage(
                    reader.GetGuid(0), caseId, reader.GetString(2), reader.Text(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.Instant(7)!.Value, reader.GetString(8),
                    Files(caseId, reader.Text(10))));
                shown.Add((caseId, reader.GetString(9)));
            }
        }

        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        await using var batch = new NpgsqlBatch(connection);
        ReadLog.AppendList(batch, context, [.. shown.Take(limit)], "Utgående meddelanden");
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        return new OutgoingPage(items, more ? items[^1].Id.ToString("N") : null);
    }

    private static List<OutgoingAttachment> Files(Guid caseId, string? json) =>
        json is null ? [] : [.. ((JsonArray)JsonNode.Parse(json)!).Select(f => new OutgoingAttachment(
            Guid.Parse(f!["id"]!.ToString()), f["name"]!.ToString(), f["type"]!.ToString(), (int)f["size"]!, $"/api/cases/{caseId}/attachments/{f["id"]}"))];
}
