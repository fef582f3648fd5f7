namespace CaseWorkflows.Cases.Reports;

/// <summary>A working day on which nobody finished the unit's daily review (ONK-37). Text is what the report says.</summary>
public sealed record NotMonitored(string Unit, DateOnly Date, string Text);
