using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>What retrying and skipping share: rights, reason, and the decision's place in the history, in the transaction that carries it out.</summary>
internal sealed class IncidentDecision(CommandContext context, IncidentRow row, string name, string reason, IHostSignals signals) : IBurstParticipant
{
    /// <summary>The step as the history names it.</summary>
    public string? Step { get; init; }

    /// <summary>How the routine goes on.</summary>
    public string? GoesOn { get; init; }

    public static string Reason(string? given) => given?.Trim() switch
    {
        null or "" => throw new ValidationFailedException("reason", "Ange ett skäl."),
        var reason when TextLimits.Fault(reason, TextLimits.Reason) is { } fault => throw new ValidationFailedException("reason", $"Skälet går inte att spara. {fault}"),
        var reason => reason
    };

    public static ConflictException Decided() =>
        new(ConflictTypes.IncidentResolved, "Någon annan har redan tagit hand om felet, eller så har rutinen gått vidare utan steget.");

    public ResolveIncident Resolve(string? outcome = null) => new()
    {
        IncidentId = row.Id, By = context.Actor.UserName ?? context.Actor.PersonId!, Reason = reason, Outcome = outcome, Ambient = [context.Actor], Participants = [this]
    };

    /// <exception cref="ConflictException">Somebody was first.</exception>
    public static void Demand(BurstOutcome outcome)
    {
        if (outcome.NotFound || outcome.Kind == BurstOutcomeKind.AlreadyFinished) throw Decided();
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        var role = IncidentAccess.RoleOf(context, row);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = name, Actor = context.Actor, At = scope.Now, Region = row.Region, Unit = IncidentAccess.UnitOf(context.Reference, row), CaseId = row.CaseId,
            Role = role?.Role, RoleUnit = role?.Unit, Capacity = role?.Capacity, Activity = row.NodeId, Before = Step, After = GoesOn, Reason = reason, Source = context.Source
        });
        context.Idempotency?.Append(batch, $"incident:{row.Id}");
    }

    public void Committed(BurstScope scope) => signals.Send(ChangeTopics.Cases, ChangeTopics.At([row.Unit, row.ResponsibleUnit]));
}
