using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>The thread of a case, oldest first. The caller has checked that the actor may see the case.</summary>
public sealed class MessageReader(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<MessageItem>> OfCaseAsync(CommandContext context, Guid caseId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT m.id, m.direction, m.kind, coalesce(t.text, ''), m.author_role, m.author, m.sent_at, m.counts_as_first_response, m.delivery_state, m.phrase
            FROM message m LEFT JOIN message_content t ON t.message_id = m.id WHERE m.case_id = $1 ORDER BY m.sent_at, m.id
            """).With(caseId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<MessageItem>();
        while (await reader.ReadAsync(ct))
        {
            items.Add(new MessageItem(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.Text(4) is { } role ? context.Reference.RoleLabel(role) : null,
                context.Reference.FindPerson(reader.Text(5))?.ShortName ?? reader.Text(5),
                reader.Instant(6)!.Value, reader.GetBoolean(7), reader.GetString(8), reader.Text(9)));
        }

        return items;
    }
}
