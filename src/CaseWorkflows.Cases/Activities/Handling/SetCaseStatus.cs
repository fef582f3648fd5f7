using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Sets the case's status, and notes that handling has begun where asked.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 10, DisplayName = "Sätt ärendestatus", Description = "Ger ärendet en ny status.")]
public sealed class SetCaseStatus : CodeActivity
{
    [Input(DisplayName = "Status", UIHint = "singleline", OptionsProvider = "statuses", Order = 1, Required = true)]
    public Input<string>? Status { get; set; }

    [Input(DisplayName = "Handläggningen har börjat", UIHint = "checkbox", DefaultValue = false, Order = 2)]
    public Input<bool>? Started { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.RequireCase();
        if (c.StatusWord(Status) is { Length: > 0 } status) record.Status = status;
        if (c.Get(Started)) record.StartedAt ??= c.Now;
    }
}
