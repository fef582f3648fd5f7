using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Messages;

/// <summary>
/// Takes the mark of a new reply from a closed case, once somebody who works with cases there has read it. No routine does, for none runs any more; in an
/// open case the mark stays until the resident is answered.
/// </summary>
public sealed class MarkReplyRead(CaseGate gate, IWorkflowRuntime runtime, IHostSignals signals)
{
    /// <param name="lastMessage">The latest message that was shown; needed while the mark is there.</param>
    /// <exception cref="ConflictException">The case is open, or the resident has written since.</exception>
    /// <exception cref="ValidationFailedException">The mark is there, and the caller does not say what was shown.</exception>
    public async Task ExecuteAsync(CommandContext context, string caseId, Guid? lastMessage, CancellationToken ct)
    {
        var record = await gate.ReadAsync(context, caseId, ReplyRead.What, ct);
        if (!MayAt(context, record.Units)) throw new ForbiddenException(ReplyRead.What, record.Id, unit: record.UnitId);
        await runtime.PublishEventAsync(new PublishEvent
        {
            Name = ReplyRead.Event, CorrelationId = record.Id.ToString(), CaseId = record.Id, Region = record.Region, Trial = record.Trial, StartTriggers = false,
            Participants = [new ReplyRead(context, record.Id, lastMessage, signals)]
        }, ct);
    }

    /// <summary>The actor works with cases near one of these.</summary>
    /// <param name="units">Ids or names.</param>
    public static bool MayAt(CommandContext context, IEnumerable<string?> units) =>
        units.Any(u => context.Reference.FindUnit(u) is { } unit && context.Actor.WorkUnits.Contains(unit.Id));
}
