using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Something another system tells about a case (a visit cancelled, a test result), for the routine that waits for it.</summary>
public sealed class ReceiveCaseEvent(CaseGate gate, IWorkflowRuntime runtime)
{
    public async Task ExecuteAsync(CommandContext context, string caseId, string? name, JsonNode? data, CancellationToken ct)
    {
        var record = await gate.DeliverAsync(context, caseId, CaseEvent.What, ct);
        if (SoundText.IsBlank(name)) throw new ValidationFailedException("event", "Händelsens namn krävs.");
        TextLimits.Demand("event", name, TextLimits.Name);
        if (DomainEvents.Reserved.Contains(name)) throw new ValidationFailedException("event", $"Händelsen ”{name}” skickas bara av systemet självt.");
        var reached = await runtime.PublishEventAsync(new PublishEvent
        {
            Name = name, CorrelationId = record.Id.ToString(), CaseId = record.Id, Region = record.Region, Trial = record.Trial, StartTriggers = false, Payload = data?.DeepClone(),
            OnlyIfAwaited = true, Participants = [new CaseEvent(context, record.Id, name)]
        }, ct);
        if (reached == 0) throw new ValidationFailedException("event", $"Ärendet väntar inte på ”{name}”.");
    }
}
