using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Messages;

/// <summary>The thread of a case, oldest first; the reading is logged.</summary>
public sealed class MessageReader
{
    private readonly IDbContextFactory<CaseDbContext> _contexts;
    private readonly CaseGate _gate;
    private readonly ReadLog _readLog;

    internal MessageReader(IDbContextFactory<CaseDbContext> contexts, CaseGate gate, ReadLog readLog)
    {
        _contexts = contexts;
        _gate = gate;
        _readLog = readLog;
    }

    /// <exception cref="ForbiddenException">Not the actor's to read; an auditor sees that messages were sent, in the history.</exception>
    public async Task<IReadOnlyList<MessageItem>> OfCaseAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var record = await _gate.ReadAsync(context, idOrNumber, "Visa meddelanden", ct);
        await _readLog.AddAsync(context, record.Id, record.UnitId, "Meddelanden", ct);
        return await OfAsync(context, record.Id, ct);
    }

    /// <summary>For readers that have let somebody at the case already, and logged it.</summary>
    internal async Task<IReadOnlyList<MessageItem>> OfAsync(CommandContext context, Guid caseId, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var messages = await db.Messages.Where(m => m.CaseId == caseId).OrderBy(m => m.SentAt).ThenBy(m => m.Id).Include(m => m.Content).ToListAsync(ct);
        return [.. messages.Select(m => new MessageItem(
            m.Id, m.Direction, m.Kind, m.Content?.Text ?? "", m.AuthorRole is null ? null : context.Reference.RoleLabel(m.AuthorRole),
            context.Reference.FindPerson(m.Author)?.ShortName ?? m.Author, m.SentAt, m.CountsAsFirstResponse, m.DeliveryState, m.Phrase))];
    }
}
