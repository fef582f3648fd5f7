using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Opens attached files: sight of the case is checked, and the reading logged.</summary>
public sealed class AttachmentReader(NpgsqlDataSource database, CaseGate gate, ReadLog log)
{
    public async Task<AttachmentContent> GetAsync(CommandContext context, string caseIdOrNumber, Guid id, CancellationToken ct)
    {
        var (record, sight, delivers) = await gate.FindAsync(context, caseIdOrNumber, ct);
        var integration = context.Actor.Kind == ActorKind.Integration;
        if (integration ? !delivers : sight != Sight.WithText) throw new ForbiddenException("Öppna bilaga", record.Id, unit: record.UnitId);
        await using var command = database.CreateCommand("""
            SELECT a.name, a.content_type, a.content, m.direction = 'Ut', a.task_id IS NULL FROM attachment a LEFT JOIN message m ON m.id = a.message_id WHERE a.id = $1 AND a.case_id = $2
            """).With(id, record.Id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new NotFoundException();
        // An integration fetches what it is to take to the resident, and what it has delivered; what staff have attached is theirs.
        var outgoing = !reader.IsDBNull(3) && reader.GetBoolean(3);
        if (integration && !outgoing && (sight != Sight.WithText || !reader.GetBoolean(4))) throw new ForbiddenException("Öppna bilaga", record.Id, unit: record.UnitId);
        var file = new AttachmentContent(
            SentFiles.Named(reader.GetString(0)), SentFiles.CanServe(reader.GetString(1)) ? reader.GetString(1) : SentFiles.Unknown, reader.GetFieldValue<byte[]>(2));
        await log.AddAsync(context, record.Id, record.UnitId, $"Bilaga {id}", ct);
        return file;
    }
}
