using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// Waits for the next thing that happens to the case's response clock. Used in a loop: Varning and Överskriden lead back to it (D-05, D-06).
/// Opening hours are read when a timer is armed; a later change of hours moves no armed timer (D-13).
/// </summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 20, DisplayName = "Svarstid",
    Description = "Väntar på ärendets svarstid: varning, överskriden, fortfarande obesvarad en arbetsdag senare, eller uppfylld.")]
[Port("Varning")]
[Port("Överskriden")]
[Port("Ännu obesvarad")]
[Port("Uppfylld")]
public sealed class ResponseDeadline : Activity
{
    // Which limit the manager has been told about: the activity itself starts anew each time round the loop.
    internal const string ToldVariable = "svarstidEskalerad";

    [Input(DisplayName = "Enhet", Description = "Vems öppettider som gäller. Tomt = ärendets ansvariga enhet.", UIHint = "dropdown", OptionsProvider = "units", Order = 1)]
    public Input<string>? Unit { get; set; }

    protected override void Execute(ActivityExecutionContext c) => Look(c);

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        c.BurnAll();
        Look(c);
    }

    private void Look(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        var clock = record.Clock;
        if (clock.State is CaseClock.Met or CaseClock.None || clock.Due is not { } due || record.IsClosed)
        {
            c.CompleteWithOutcomes("Uppfylld");
            return;
        }

        var warnAt = clock.WarnAt ?? due;
        if (clock.State != CaseClock.Breached && c.Now >= due) Breach(c, record, due);
        else if (clock.State == CaseClock.Running && c.Now >= warnAt) Warn(c, record);
        else if (clock.State == CaseClock.Running) Wait(c, warnAt);
        else if (clock.State == CaseClock.Warned) Wait(c, due);
        else AwaitManager(c, due);
    }

    private static void Warn(ActivityExecutionContext c, CaseRecord record)
    {
        record.Clock = record.Clock with { State = CaseClock.Warned };
        c.History("Svarstid varning", after: CaseFlag.DueToday);
        c.CompleteWithOutcomes("Varning");
    }

    private static void Breach(ActivityExecutionContext c, CaseRecord record, DateTimeOffset due)
    {
        record.Clock = record.Clock with { State = CaseClock.Breached };
        record.BreachedAt ??= due;
        c.History("Svarstid överskriden", after: CaseFlag.Overdue);
        c.CompleteWithOutcomes("Överskriden");
    }

    private void AwaitManager(ActivityExecutionContext c, DateTimeOffset due)
    {
        var told = c.GetVariable(ToldVariable)?.ToString();
        var key = due.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var at = Deadlines.ManagerNotice(due, c.Scope().Reference.HoursOf(c.RequireUnit(Unit)));
        if (told == key)
        {
            Wait(c, null);
        }
        else if (c.Now >= at)
        {
            c.SetVariable(ToldVariable, key);
            c.CompleteWithOutcomes("Ännu obesvarad");
        }
        else
        {
            Wait(c, at);
        }
    }

    private static void Wait(ActivityExecutionContext c, DateTimeOffset? until)
    {
        if (until is { } at) c.ArmTimer(c.CreateBookmark("ResponseDeadline", null, null), at);
        c.AwaitEvent(DomainEvents.ClockMet);
        c.AwaitEvent(DomainEvents.ClockChanged);
    }
}
