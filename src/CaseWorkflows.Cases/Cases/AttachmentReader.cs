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
        var record = await gate.ReadAsync(context, caseIdOrNumber, "Öppna bilaga", ct);
        await using var command = database.CreateCommand("SELECT name, content_type, content FROM attachment WHERE id = $1 AND case_id = $2").With(id, record.Id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new NotFoundException();
        var file = new AttachmentContent(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));
        await log.AddAsync(context, record.Id, record.UnitId, $"Bilaga {id}", ct);
        return file;
    }
}
