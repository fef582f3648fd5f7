using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Messages;

/// <summary>A message from the resident: into the thread and to the routine that waits for it, in one transaction.</summary>
public sealed class ReceiveResidentMessage
{
    private readonly CaseGate _gate;
    private readonly IWorkflowRuntime _runtime;
    private readonly DeliveryChannels _channels;
    private readonly IHostSignals _signals;

    internal ReceiveResidentMessage(CaseGate gate, IWorkflowRuntime runtime, DeliveryChannels channels, IHostSignals signals) =>
        (_gate, _runtime, _channels, _signals) = (gate, runtime, channels, signals);

    /// <returns>The message's id.</returns>
    public async Task<Guid> ExecuteAsync(CommandContext context, string caseId, string? text, JsonNode? attachments, CancellationToken ct)
    {
        var record = await _gate.DeliverAsync(context, caseId, ResidentMessage.What, ct);
        TextLimits.Demand("text", text ?? "", TextLimits.Text);
        if (attachments is not null and not JsonArray) throw new ValidationFailedException("attachments", "Ange en lista.");
        var files = SentFiles.Read(attachments, "attachments", (field, message) => throw new ValidationFailedException(field, message));
        // A picture alone says something too.
        if (text is null || SoundText.IsBlank(text)) text = files.Count > 0 ? "" : throw new ValidationFailedException("text", "Texten är tom.");

        var message = new ResidentMessage(context, record.Id, text, files, _channels, _signals);
        await _runtime.PublishEventAsync(new PublishEvent
        {
            Name = DomainEvents.ResidentReplied, CorrelationId = record.Id.ToString(), CaseId = record.Id, Region = record.Region, Trial = record.Trial, StartTriggers = false,
            Payload = new Dictionary<string, object?> { ["text"] = text, ["messageId"] = message.Id.ToString() },
            Participants = [message]
        }, ct);
        return message.Id;
    }
}
