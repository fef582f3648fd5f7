using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Messages;

/// <summary>The thread of a case, oldest first. The caller has checked that the actor may see the case.</summary>
public sealed class MessageReader
{
    private readonly IDbContextFactory<CaseDbContext> _contexts;

    internal MessageReader(IDbContextFactory<CaseDbContext> contexts) => _contexts = contexts;

    public async Task<IReadOnlyList<MessageItem>> OfCaseAsync(CommandContext context, Guid caseId, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var messages = await db.Messages.Where(m => m.CaseId == caseId).OrderBy(m => m.SentAt).ThenBy(m => m.Id).Include(m => m.Content).ToListAsync(ct);
        return [.. messages.Select(m => new MessageItem(
            m.Id, m.Direction, m.Kind, m.Content?.Text ?? "", m.AuthorRole is null ? null : context.Reference.RoleLabel(m.AuthorRole),
            context.Reference.FindPerson(m.Author)?.ShortName ?? m.Author, m.SentAt, m.CountsAsFirstResponse, m.DeliveryState, m.Phrase))];
    }
}
