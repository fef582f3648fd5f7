using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Actors;

/// <summary>Makes the context of a call from the signed-in person's id.</summary>
public sealed class CommandContexts(ReferenceStore reference, IBusinessClock clock)
{
    /// <summary>
    /// The same call by the reference data of now: between a call's beginning and its transaction a role may have ended.
    /// </summary>
    /// <param name="context">As the call began.</param>
    /// <param name="version">Version of the reference data, as read in the transaction.</param>
    /// <param name="connection">The transaction's own.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="NotFoundException">The person is no longer there.</exception>
    internal async Task<CommandContext> RenewAsync(CommandContext context, long version, NpgsqlConnection connection, CancellationToken ct)
    {
        if (context.Reference.Version >= version || context.Actor.PersonId is not { } id) return context;
        var view = (await reference.AtLeastAsync(version, connection, ct)).At(context.Now);
        return view.FindPerson(id) is { } person && person.WorksAt(context.Now) ? context with { Actor = Actor.Of(person, view), Reference = view } : throw new NotFoundException();
    }

    /// <summary>Those of the people who are employed at the present business time.</summary>
    public async Task<IReadOnlySet<string>> WorkingAsync(IEnumerable<string> people, CancellationToken ct)
    {
        var now = await clock.NowAsync(ct);
        var view = (await reference.FreshAsync(ct)).At(now);
        return people.Where(id => view.FindPerson(id)?.WorksAt(now) == true).ToHashSet();
    }

    /// <summary>Null when the person no longer exists, or no longer works here, at the present business time.</summary>
    /// <param name="known">Reference data that the request's session check has just found to be fresh; null = asked for here.</param>
    public async Task<CommandContext?> ForPersonAsync(
        string personId, string source = HistorySource.Api, ReferenceSnapshot? known = null, CancellationToken ct = default)
    {
        var now = await clock.NowAsync(ct);
        var view = (known ?? await reference.FreshAsync(ct)).At(now);
        return view.FindPerson(personId) is { } person && person.WorksAt(now) ? new CommandContext(Actor.Of(person, view), view, now) { Source = source } : null;
    }
}
