using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Completes a task: checks right, state and form, then resumes its instance. Everything it causes is one transaction.</summary>
public sealed class CompleteTask(TaskStore tasks, IWorkflowRuntime runtime)
{
    // Somebody claiming or commenting in between only means: look again.
    private const int Attempts = 5;

    /// <param name="fields">By key or label; what is absent keeps the value shown.</param>
    /// <param name="revision">The revision the person saw; null = whatever it is.</param>
    /// <param name="seen">The messages that the person saw; any other refuses the completion. Null = nobody looked (the API).</param>
    /// <param name="lastMessage">The latest message from the resident that the person saw, empty = none; a newer one refuses the completion. Null = nobody looked.</param>
    public async Task ExecuteAsync(
        CommandContext context, Guid taskId, string outcomeName, JsonObject? fields, int? revision, CancellationToken ct, CompletionPreview? seen = null, Guid? lastMessage = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (task, completion) = await PrepareAsync(context, taskId, outcomeName, fields, revision, ct);
            completion.Seen = seen;
            completion.LastMessage = lastMessage;
            try
            {
                var result = await runtime.ResumeAsync(Resume(task, context, completion), ct);
                if (result.NotFound || result.Kind == BurstOutcomeKind.AlreadyFinished) throw Withdrawn();
                return;
            }
            catch (ConflictException conflict) when (conflict.Type == ConflictTypes.RevisionChanged && revision is null && attempt < Attempts)
            {
            }
        }
    }

    /// <summary>The messages to the resident that the completion would send, also through sub-routines. Nothing is changed.</summary>
    /// <exception cref="ValidationFailedException">The form is not filled in as the outcome demands.</exception>
    public async Task<CompletionPreview> PreviewAsync(
        CommandContext context, Guid taskId, string outcomeName, JsonObject? fields, CancellationToken ct)
    {
        var (task, completion) = await PrepareAsync(context, taskId, outcomeName, fields, null, ct);
        var rehearsal = await runtime.RehearseAsync(Resume(task, context with { Idempotency = null }, completion), ct);
        if (rehearsal.Kind != BurstOutcomeKind.Committed) throw Withdrawn();
        var record = rehearsal.Ambient.OfType<CaseScope>().FirstOrDefault()?.Case;
        return new CompletionPreview(
            outcomeName, [.. rehearsal.Effects.OfType<MessageSent>().Select(m => Previewed(m, record))], record?.ClosedAt is not null);
    }

    private static PreviewedMessage Previewed(MessageSent message, CaseRecord? record)
    {
        var name = record?.Sender?.Name ?? record?.Patient?.Name;
        var capacity = record?.Sender?.Kind is { } kind && kind != "Patient" ? $" ({kind.ToLowerInvariant()})" : "";
        return new PreviewedMessage(message.Kind, name is null ? "Invånaren" : name + capacity, record?.Channel ?? "", message.Text, message.Blocked);
    }

    private static ResumeWorkflow Resume(TaskRecord task, CommandContext context, TaskCompletion completion) => new()
    {
        InstanceId = task.InstanceId,
        BookmarkId = task.BookmarkId,
        Input = completion.Input,
        Ambient = [context.Actor, completion.Completed],
        Participants = context.Idempotency is { } claim
            ? [completion, new IdempotencyParticipant(claim, $"task:{task.Id}")]
            : [completion]
    };

    private static ConflictException Withdrawn() =>
        new(ConflictTypes.TaskWithdrawn, "Uppgiften är återkallad: ärendet har gått vidare utan den.");

    private async Task<(TaskRecord Task, TaskCompletion Completion)> PrepareAsync(
        CommandContext context, Guid taskId, string outcomeName, JsonObject? fields, int? revision, CancellationToken ct)
    {
        var task = await tasks.GetAsync(taskId, ct);
        var access = new TaskAccess(context);
        var right = access.Demand(task, $"Slutför ”{task.Title}”");
        TaskConflicts.DemandActive(task.State);
        if (revision is { } seen && seen != task.Revision) throw TaskConflicts.Changed();

        var outcome = task.Outcomes.FirstOrDefault(o => SoundText.Same(o.Name, outcomeName))
            ?? throw new ValidationFailedException("outcome", $"”{outcomeName}” är inte ett utfall av uppgiften.");
        if (!access.MayChoose(task, outcome)) throw new ForbiddenException($"Slutför ”{task.Title}” med ”{outcome.Name}”", task.CaseId, task.Id, task.Unit);
        if (outcome.DisabledReason is { } reason) throw new ValidationFailedException("outcome", reason);

        var validator = new FormValidator(context.Reference, context.Now);
        var reasonGiven = TakeoverReason(fields);
        TextLimits.Demand(TakeoverField, reasonGiven, TextLimits.Reason);
        var values = Validate(validator, task, outcome, fields, right.TakesOver && reasonGiven is null);
        return (task, new TaskCompletion(context, task, outcome, right, values, right.TakesOver ? reasonGiven : null));
    }

    // The reason for taking over is asked with the other fields, so that every faulty field comes at once.
    private static IReadOnlyDictionary<string, JsonNode?> Validate(FormValidator validator, TaskRecord task, TaskOutcome outcome, JsonObject? fields, bool reasonMissing)
    {
        IReadOnlyDictionary<string, JsonNode?> values;
        try
        {
            values = validator.Validate(task.Form, fields, outcome, task.Draft);
        }
        catch (ValidationFailedException faults) when (reasonMissing)
        {
            throw new ValidationFailedException(new Dictionary<string, string[]>(faults.Errors) { [TakeoverField] = [TakeoverMessage] });
        }

        return reasonMissing ? throw new ValidationFailedException(TakeoverField, TakeoverMessage) : values;
    }

    private const string TakeoverField = "skäl";
    private const string TakeoverMessage = "Skäl krävs för att ta över en kollegas uppgift";

    private static string? TakeoverReason(JsonObject? fields) =>
        fields?.FirstOrDefault(f => FieldKey.Same(f.Key, TakeoverField)).Value is JsonValue value && value.ToString().Trim() is { Length: > 0 } reason ? reason : null;
}
