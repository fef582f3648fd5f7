using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Claims and gives the first task in order.</summary>
public sealed class NextTask(TaskReader reader, ClaimTask claim)
{
    /// <returns>The task's id; null when there is none.</returns>
    public async Task<Guid?> ExecuteAsync(CommandContext context, string? view, string? unit, CancellationToken ct)
    {
        // Somebody may be faster at the first of the list; then the next is tried.
        var page = await reader.ListAsync(context, new TaskQuery { View = view ?? TaskQuery.Available, Unit = unit, Limit = 20 }, shown: false, ct);
        foreach (var item in page.Items)
        {
            try
            {
                await claim.ExecuteAsync(context, item.Id, null, ct);
                return item.Id;
            }
            catch (DomainException error) when (error is ConflictException or ValidationFailedException or ForbiddenException)
            {
            }
        }

        return null;
    }
}
