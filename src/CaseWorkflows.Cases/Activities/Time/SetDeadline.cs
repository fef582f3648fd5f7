using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// Sets the case's response clock: when it is due, when it warns (D-04, D-05). A clock that already runs is moved, never restarted:
/// the new limit counts from the same arrival.
/// </summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 10, DisplayName = "Sätt svarstid",
    Description = "Räknar ut när ärendet senast ska besvaras och när det varnar. Ny = klockan startar, Ändrad = den gick redan.")]
[Port("Done", DisplayName = "Klar")]
[Port("Ny")]
[Port("Ändrad")]
public sealed class SetDeadline : CodeActivity
{
    [Input(DisplayName = "Antal dagar", Order = 1, Required = true)]
    public Input<int>? Days { get; set; }

    [Input(DisplayName = "Sorts dagar", UIHint = "dropdown", Options = ["Arbetsdag|Arbetsdag", "Vardag|Vardag (som arbetsdag)", "VardagInklLördag|Vardag, lördag räknas"], DefaultValue = "Arbetsdag", Order = 2)]
    public Input<string>? DayKind { get; set; }

    [Input(DisplayName = "Räknas från", UIHint = "dropdown", Options = ["Ankomst|Ärendets ankomst", "Nu|Nu"], DefaultValue = "Ankomst", Order = 3)]
    public Input<string>? Start { get; set; }

    [Input(DisplayName = "Slutar", UIHint = "dropdown", Options = ["StängningEfterNDagar|När enheten stänger", "SammaKlockslag|Samma klockslag"], DefaultValue = "StängningEfterNDagar", Order = 4)]
    public Input<string>? Mode { get; set; }

    [Input(DisplayName = "Enhet", Description = "Vems öppettider som gäller. Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 5)]
    public Input<string>? Unit { get; set; }

    [Output(DisplayName = "Svara senast")]
    public Output<DateTimeOffset>? Due { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        ClockValidation.Positive(v, nameof(Days), Days, "Antal dagar");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var hours = c.Scope().Reference.HoursOf(c.RequireUnit(Unit));
        var fromNow = c.Get(Start) == "Nu";
        var kind = c.Get(DayKind) == nameof(Calendars.DayKind.VardagInklLördag) ? Calendars.DayKind.VardagInklLördag : Calendars.DayKind.Arbetsdag;
        var mode = Enum.TryParse<DeadlineMode>(c.Get(Mode), out var given) ? given : DeadlineMode.StängningEfterNDagar;
        var due = Deadlines.Due(fromNow ? c.Now : record.ArrivedAt, ClockValidation.Demand(c.Get(Days), "Antal dagar"), hours, mode, kind);

        var old = record.Clock;
        var isNew = old.State == CaseClock.None;
        // A response already given stays given; only a reply to the resident's reply starts over.
        var stillMet = !fromNow && old.State == CaseClock.Met;
        record.Clock = new CaseClock
        {
            State = stillMet ? CaseClock.Met : CaseClock.Running,
            Due = due, WarnAt = Deadlines.Warning(due, hours), MetAt = stillMet ? old.MetAt : null,
            Kind = fromNow ? CaseClock.Reply : CaseClock.FirstResponse
        };
        c.Set(Due, due);
        c.History(isNew ? "Svarstid satt" : "Svarstid ändrad", Show(old.Due), Show(due));
        if (!isNew) c.Publish(DomainEvents.ClockChanged);
        c.CompleteWithOutcomes("Done", isNew ? "Ny" : "Ändrad");
    }

    private static string? Show(DateTimeOffset? at) =>
        at is { } instant ? SwedishTime.WithOffset(instant).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null;
}
