using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Web.CaseFile;
using CaseWorkflows.Web.Forms;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Tasks;

/// <summary>Puts a task's page together: the task, its case, and what a refused try left behind.</summary>
internal sealed class TaskView(CommandContexts contexts, TaskReader tasks, CaseReader cases, MessageReader messages, PageFrames frames)
{
    /// <summary>Cookie that remembers the wish to go straight on to the next task.</summary>
    public const string GoOnCookie = "cw-vidare";

    public async Task<IResult> RenderAsync(HttpContext http, Guid id, Retry? retry = null)
    {
        var context = await http.ContextAsync(contexts);
        var task = await tasks.GetAsync(context, id, http.RequestAborted);
        var unit = context.Reference.FindUnit(task.Item.Unit)?.Id;
        var choices = Choices.At(context, unit);
        return Pages.Render<TaskPage>(
            new
            {
                Frame = await frames.CreateAsync(http),
                Model = new TaskModel
                {
                    Task = task,
                    Form = new FormState
                    {
                        Fields = FieldsOf(task),
                        Outcomes = task.Outcomes,
                        Choices = choices,
                        Sent = retry?.Sent,
                        Errors = retry?.Errors ?? new Dictionary<string, string[]>(),
                        Armed = retry?.Outcome ?? Armed(task),
                    },
                    Case = await CaseAsync(http, context, task),
                    Now = context.Now,
                    Me = Me(context),
                    Back = http.Back(retry?.Back),
                    GoOn = http.Request.Cookies[GoOnCookie] == "ja",
                    Colleagues = [.. choices.People.Where(p => p.Value != context.Actor.PersonId)],
                    Problem = retry?.Problem,
                    ExtraProblem = retry?.ExtraProblem,
                    Parking = retry?.Parking,
                    CommentTry = retry?.Comment,
                    CommentProblem = retry?.CommentProblem,
                    Preview = retry?.Preview,
                    DraftShown = ShownOf(retry, task),
                    KeptAt = retry?.Kept == true ? task.Draft?.At : null,
                },
            },
            retry?.Status ?? StatusCodes.Status200OK);
    }

    public static string Me(CommandContext context) => PageOwner.Of(context);

    // What was sent and is not kept was written beside the draft that its page showed, not beside the one of now.
    private static string? ShownOf(Retry? retry, TaskDetail task) =>
        retry is { Kept: false, Sent: { } sent } && sent.TryGetValue(DraftShown.Input, out var shown) ? shown.ToString() : DraftShown.Write(task.Draft?.At);

    /// <summary>The draft's outcome, else the expected one, else the only one.</summary>
    private static string? Armed(TaskDetail task)
    {
        if (task is { TakesOver: false, Draft.Outcome: { } drafted } && task.Outcomes.Any(o => o.Name == drafted && o.DisabledReason is null)) return drafted;
        var ordinary = task.Outcomes.Where(o => !o.Secondary).ToList();
        return task.Outcomes.FirstOrDefault(o => o.Preselected)?.Name ?? (ordinary.Count == 1 ? ordinary[0].Name : null);
    }

    /// <summary>The form's fields; taking over a colleague's task asks why.</summary>
    public static IReadOnlyList<FormField> FieldsOf(TaskDetail task) =>
        task.TakesOver && !task.Form.Any(f => FieldNames.Key(f) == "skäl" && f.VisibleFor is null)
            ? [new FormField { Key = "skäl", Label = T("task.takeoverreason"), Required = true }, .. task.Form]
            : task.Form;

    // Somebody may have the task without the right to see its case in other lists; then the task stands alone.
    private async Task<CaseModel?> CaseAsync(HttpContext http, CommandContext context, TaskDetail task)
    {
        if (task.Item.CaseId is not { } id) return null;
        try
        {
            var detail = await cases.GetAsync(context, id.ToString(), http.RequestAborted);
            return new CaseModel
            {
                Case = detail,
                Messages = detail.TextShown ? await messages.OfCaseAsync(context, id.ToString(), http.RequestAborted) : [],
                Now = context.Now,
                NameOf = person => context.Reference.FindPerson(person)?.DisplayName ?? person,
            };
        }
        catch (DomainException refused) when (refused is ForbiddenException or NotFoundException)
        {
            return null;
        }
    }

    /// <summary>A try that was refused: what had been typed, and why.</summary>
    internal sealed record Retry
    {
        public int Status { get; init; }

        public string? Outcome { get; init; }

        public IReadOnlyDictionary<string, StringValues>? Sent { get; init; }

        public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

        public string? Problem { get; init; }

        public string? ExtraProblem { get; init; }

        public ParkingTry? Parking { get; init; }

        public string? Comment { get; init; }

        public string? CommentProblem { get; init; }

        public CompletionPreview? Preview { get; init; }

        /// <summary>What had been typed was kept as the draft.</summary>
        public bool Kept { get; init; }

        public string? Back { get; init; }
    }
}
