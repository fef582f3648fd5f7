using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reports;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// Puts a task in an inbox and waits for its answer. The outcome chosen is the port that the routine continues from.
/// A task whose step is cancelled is withdrawn. Changing the inputs of a published version changes no open task.
/// </summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Tasks, Order = 10, DisplayName = "Mänsklig uppgift",
    Description = "Lägger en uppgift i inkorgen hos en roll eller en person och väntar på svaret. Varje utfall är en väg vidare.")]
public class HumanTask : Activity
{
    private const string ReminderBookmark = "TaskReminder";
    private const string DeviationStep = "Medvetet avsteg";

    [Input(DisplayName = "Rubrik", Description = "Uppgiftens namn i inkorgen.", Order = 1, Required = true)]
    public Input<string>? Title { get; set; }

    [Input(DisplayName = "Roller", Description = "Vilka roller på enheten som får ta uppgiften.", UIHint = "checklist", OptionsProvider = "workRoles", DefaultSyntax = "Object", Order = 2)]
    public Input<object>? Roles { get; set; }

    [Input(DisplayName = "Enhet", Description = "Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 3)]
    public Input<string>? Unit { get; set; }

    [Input(DisplayName = "Personer", Description = "Personer som får ta uppgiften oavsett roll.", UIHint = "multitext", OptionsProvider = "workers", DefaultSyntax = "Object", Order = 4)]
    public Input<object>? Persons { get; set; }

    [Input(DisplayName = "Tilldelas", Description = "Den person som har uppgiften från början. Tomt = vem som helst av kandidaterna.", UIHint = "singleline", OptionsProvider = "workers", Order = 5, MaxLength = InputLengths.Word)]
    public Input<string>? Assignee { get; set; }

    [Input(DisplayName = "Utfall", Description = "Knapparna i uppgiften, en väg vidare för varje.", UIHint = "dynamic-outcomes", DefaultSyntax = "Object", Order = 6, Required = true,
        UiSpecifications = """{"DynamicOutcomesOptions":{"fixedOutcomes":[]}}""")]
    public Input<object>? Outcomes { get; set; }

    [Input(DisplayName = "Formulär", Description = "Fälten som JSON: label, type, required, requiredFor, visibleFor, options, value, help.", UIHint = "json-editor", DefaultSyntax = "Object", Order = 7)]
    public Input<object>? Form { get; set; }

    [Input(DisplayName = "Anpassa formuläret", Description = "JavaScript som ger det som ändras per fält: förifyllt värde, valmöjligheter, obligatoriskt.", UIHint = "code-editor", DefaultSyntax = "JavaScript", Order = 8)]
    public Input<object>? FormAdjustments { get; set; }

    [Input(DisplayName = "Förvalt utfall", Order = 9, MaxLength = InputLengths.Word)]
    public Input<string>? Preselected { get; set; }

    [Input(DisplayName = "Utfall som inte gäller", Description = "Utfall som inte visas och inte godtas för just detta ärende.", UIHint = "multitext", DefaultSyntax = "Object", Order = 10)]
    public Input<object>? HiddenOutcomes { get; set; }

    [Input(DisplayName = "Spärrade utfall", Description = "Utfall som visas men inte kan väljas: namn och orsak.", UIHint = "json-editor", DefaultSyntax = "Object", Order = 11)]
    public Input<object>? DisabledOutcomes { get; set; }

    [Input(DisplayName = "Utfall för vissa roller", Description = "Utfall som bara vissa roller får välja: namn och roller.", UIHint = "json-editor", OptionsProvider = "roles", DefaultSyntax = "Object", Order = 12)]
    public Input<object>? OutcomeRoles { get; set; }

    [Input(DisplayName = "Kontroller", Description = "JavaScript som ser svaret i variabeln svar och ger fel per fält, eller inget.", UIHint = "code-editor", DefaultSyntax = "JavaScript", AutoEvaluate = false, Order = 13)]
    public Input<object>? Checks { get; set; }

    [Input(DisplayName = "Skriv till ärendet", Description = "Vilka fält som skrivs till ärendet: team, caseType, priority, protectedIdentity eller fields.namn.", UIHint = "json-editor", DefaultSyntax = "Object", Order = 14)]
    public Input<object>? WriteBack { get; set; }

    [Input(DisplayName = "Anvisning", UIHint = "multiline", Order = 15)]
    public Input<string>? Instructions { get; set; }

    [Input(DisplayName = "Regler", Description = "Id på de regler som steget uppfyller.", UIHint = "multitext", DefaultSyntax = "Object", Order = 16)]
    public Input<object>? Rules { get; set; }

    [Input(DisplayName = "Klar senast", Description = "Tomt = ärendets svarstid så länge den löper.", Order = 17)]
    public Input<DateTimeOffset?>? Due { get; set; }

    [Input(DisplayName = "Varna från", Order = 18)]
    public Input<DateTimeOffset?>? WarnAt { get; set; }

    [Input(DisplayName = "Prioritet", Description = "Tomt = ärendets.", Order = 19)]
    public Input<int?>? Priority { get; set; }

    [Input(DisplayName = "Status när den öppnas", Description = "Den status ärendet får när handläggaren öppnar uppgiften första gången.", UIHint = "singleline", OptionsProvider = "statuses", Order = 20)]
    public Input<string>? OpenStatus { get; set; }

    [Input(DisplayName = "Kollega i teamet får ta över", Description = "Med skäl, som sparas i historiken.", UIHint = "checkbox", Order = 21)]
    public Input<bool>? TakeOverByTeam { get; set; }

    [Input(DisplayName = "Väntar på steg", Description = "Id på steg som måste vara klara först. Till dess är uppgiften låst.", UIHint = "multitext", DefaultSyntax = "Object", Order = 22)]
    public Input<object>? Prerequisites { get; set; }

    [Input(DisplayName = "Avbryts av händelser", Description = "Händelser i ärendet som drar tillbaka uppgiften. Händelsens namn ska också finnas bland utfallen.", UIHint = "multitext", DefaultSyntax = "Object", Order = 23)]
    public Input<object>? InterruptEvents { get; set; }

    [Input(DisplayName = "Påminn var n:te arbetsdag", Order = 24)]
    public Input<int?>? ReminderDays { get; set; }

    [Input(DisplayName = "Påminnelsens text", UIHint = "multiline", Order = 25)]
    public Input<string>? ReminderText { get; set; }

    [Input(DisplayName = "Rutin vid medvetet avsteg", Description = "Startas när någon väljer Medvetet avsteg.", UIHint = "workflow-definition-picker", Order = 26)]
    public Input<string>? DeviationRoutine { get; set; }

    [Input(DisplayName = "Utfall efter avsteg", Description = "Det utfall som flödet följer när steget hoppas över. Tomt = uppgiften står kvar.", Order = 27, MaxLength = InputLengths.Word)]
    public Input<string>? DeviationOutcome { get; set; }

    [Input(DisplayName = "Utskrift", Description = "Papperskopians text med {fältnyckel}.", UIHint = "multiline", Order = 28)]
    public Input<string>? Print { get; set; }

    [Input(DisplayName = "Räknas som", Description = "Rapport som räknar uppgiften när den är klar. Tomt = ingen.", UIHint = "dropdown", Options = [MonitoringReport.DailyReview + "|Enhetens dagliga genomgång"], Order = 29)]
    public Input<string>? CountsAs { get; set; }

    [Output(DisplayName = "Svar", Description = "Hela svaret: utfall, falt, person, roll, enhet, uppgift.")]
    public Output<object>? Answer { get; set; }

    [Output(DisplayName = "Utfall")]
    public Output<string>? Outcome { get; set; }

    [Output(DisplayName = "Fält")]
    public Output<object>? Fields { get; set; }

    [Output(DisplayName = "Utförd av")]
    public Output<string>? CompletedBy { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        Open(c);
        foreach (var name in c.Texts(InterruptEvents)) c.AwaitEvent(name);
        ArmReminder(c, c.Scope());
    }

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        switch (b.Name)
        {
            case ReminderBookmark:
                Remind(c);
                break;
            case Palette.EventBookmark:
                c.CompleteWithOutcomes(b.Key!);
                break;
            default:
                Complete(c, TaskAnswer.From(input) ?? throw new InvalidOperationException("Uppgiften avslutades utan svar."));
                break;
        }
    }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(Roles) && ActivityValidation.IsMissing(Persons) && ActivityValidation.IsMissing(Assignee))
            v.Problem(nameof(Roles), "candidates-missing", "ingen kan ta uppgiften. Välj minst en roll eller ange en person.");
        NoticeText.Validate(v, this, nameof(ReminderText), "reminderText");
        HumanTaskValidation.Run(this, v);
    }

    /// <summary>Fields that a subclass puts before those of the definition.</summary>
    private protected virtual string? ExtraInstructions(ActivityExecutionContext c) => null;

    private void Complete(ActivityExecutionContext c, TaskAnswer answer)
    {
        c.Set(Answer, answer.ToVariable());
        c.SetVariable(ActivityContextExtensions.AnswerVariable, answer.ToVariable());
        c.Set(Outcome, answer.Outcome);
        c.Set(Fields, answer.Fields);
        c.Set(CompletedBy, answer.Person);
        if (answer.Outcome == HumanTaskForm.Deviation)
        {
            Deviate(c, answer);
            return;
        }

        if (CheckErrors.Of(c.Get(Checks)) is { Count: > 0 } errors) throw new ValidationFailedException(errors);
        c.CompleteWithOutcomes(answer.Outcome);
    }

    // A step skipped on purpose starts the deviation routine; the flow goes on as the definition says, else the task stands again (0.4.5).
    private void Deviate(ActivityExecutionContext c, TaskAnswer answer)
    {
        c.History(DeviationStep, after: c.Get(Title), computed: ActivityValidation.IsComputed(Title), reason: answer.Fields.GetValueOrDefault(HumanTaskForm.DeviationReason)?.ToString());
        if (c.Get(DeviationRoutine) is { Length: > 0 } routine)
        {
            var input = new Dictionary<string, object?>
            {
                [ActivityContextExtensions.AnswerVariable] = answer.ToVariable(),
                ["steg"] = c.Get(Title),
                ["enhet"] = c.RequireUnit(Unit)
            };
            c.StartChild(routine, input, c.CorrelationId);
        }

        if (c.Get(DeviationOutcome) is { Length: > 0 } outcome) c.CompleteWithOutcomes(outcome);
        else Open(c);
    }

    private void Open(ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        var scope = c.Scope();
        var unit = c.RequireUnit(Unit);
        List<string> roles = [.. c.Texts(Roles).Select(c.WorkRole)], persons = [.. c.Texts(Persons).Select(p => c.WorkerId(p, unit)!)];
        var holder = Holder(c, unit);
        c.DemandMayKnowSwept(unit, roles, holder is null ? persons : [.. persons, holder]);
        var taskId = Guid.CreateVersion7(c.Now);
        var title = c.Get(Title) ?? "";
        var interrupts = c.Texts(InterruptEvents);
        var outcomes = HumanTaskForm.Outcomes(
            c.Texts(Outcomes).Except(interrupts).Except(c.Texts(HiddenOutcomes)), c.Get(Preselected),
            c.Json(DisabledOutcomes).Read<Dictionary<string, string>>(), c.Json(OutcomeRoles).Read<Dictionary<string, string[]>>(),
            withDeviation: !string.IsNullOrEmpty(c.Get(DeviationRoutine)));
        var clock = scope.Case?.Clock;
        var running = clock?.State is CaseClock.Running or CaseClock.Warned or CaseClock.Breached;
        var bookmark = c.CreateBookmark(TaskCreated.BookmarkName, taskId.ToString(), new Dictionary<string, object?> { ["taskId"] = taskId.ToString(), ["title"] = title });
        c.State["bookmark"] = bookmark.Id;
        c.Emit(new TaskCreated
        {
            TaskId = taskId, BookmarkId = bookmark.Id, ActivityId = Id, Title = title, TitleComputed = scope.WaysSpell || ActivityValidation.IsComputed(Title),
            Instructions = Join(ExtraInstructions(c), c.Get(Instructions)), UnitId = unit, CaseId = scope.Case?.Id,
            Candidates = [.. roles.Select(r => new TaskCandidate(r, unit))], CandidatePersons = persons, Assignee = holder,
            Form = HumanTaskForm.Fields(c.Json(Form), c.Json(FormAdjustments), outcomes),
            Outcomes = outcomes,
            Priority = c.Get(Priority) ?? scope.Case?.Priority,
            Due = c.Get(Due)?.ToUniversalTime() ?? (running ? clock!.Due : null),
            WarnAt = c.Get(WarnAt)?.ToUniversalTime() ?? (running ? clock!.WarnAt : null),
            Rules = c.Texts(Rules),
            OpenStatus = c.StatusWord(OpenStatus), TakeOverByTeam = c.Get(TakeOverByTeam), WaitingFor = c.Texts(Prerequisites),
            WriteBack = c.Json(WriteBack).Read<Dictionary<string, string>>() ?? [],
            Badge = scope.Case?.Flags.Contains(CaseFlag.NewReply) == true ? CaseFlag.NewReply : null,
            Print = c.Get(Print), CountsAs = c.Get(CountsAs)
        });
    }

    // Whoever has the case and works there no longer cannot be given more of it: then it is for the roles.
    private string? Holder(ActivityExecutionContext c, string unit)
    {
        var scope = c.Scope();
        var assignee = c.PersonId(c.Get(Assignee));
        return assignee is not null && assignee == scope.Case?.OwnerPerson && c.Texts(Roles).Count > 0 && !scope.MayWork(assignee, unit)
            ? null : c.WorkerId(c.Get(Assignee), unit);
    }

    private void ArmReminder(ActivityExecutionContext c, CaseScope scope)
    {
        if (c.Get(ReminderDays) is not (> 0 and var days)) return;
        var hours = scope.Reference.HoursOf(c.RequireUnit(Unit));
        var day = hours.Calendar.Add(SwedishTime.LocalDate(c.Now), ClockValidation.Demand(days, "Påminn var n:te arbetsdag"));
        var due = SwedishTime.ToInstant(day, hours.OpeningOn(day) ?? Deadlines.DefaultOpening);
        c.ArmTimer(c.CreateBookmark(ReminderBookmark, null, null), due);
    }

    private void Remind(ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        var scope = c.Scope();
        var unit = c.RequireUnit(Unit);
        var assignee = Holder(c, unit);
        c.Emit(new NoticeQueued
        {
            Persons = assignee is null ? [] : [assignee],
            Roles = assignee is null ? [.. c.Texts(Roles).Select(r => new TaskCandidate(r, unit))] : [],
            Subject = "Påminnelse", Text = NoticeText.Of(c, ReminderText, "reminderText") ?? "Påminnelse: {ärendenummer} väntar på åtgärd.", UnitId = unit, CaseId = scope.Case?.Id
        });
        c.History("Påminnelse", after: c.Get(Title), computed: ActivityValidation.IsComputed(Title));
        ArmReminder(c, scope);
    }

    private static string? Join(string? a, string? b) =>
        SoundText.IsBlank(a) ? b : SoundText.IsBlank(b) ? a : a + "\n\n" + b;
}
