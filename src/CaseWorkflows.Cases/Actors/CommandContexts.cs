using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Actors;

/// <summary>Makes the context of a call from the signed-in person's id.</summary>
public sealed class CommandContexts(ReferenceStore reference, IBusinessClock clock)
{
    /// <summary>Null when the person no longer exists at the present business time.</summary>
    public async Task<CommandContext?> ForPersonAsync(string personId, string source = HistorySource.Api, CancellationToken ct = default)
    {
        var now = await clock.NowAsync(ct);
        var view = (await reference.FreshAsync(ct)).At(now);
        return view.FindPerson(personId) is { } person ? new CommandContext(Actor.Of(person, view), view, now) { Source = source } : null;
    }
}
