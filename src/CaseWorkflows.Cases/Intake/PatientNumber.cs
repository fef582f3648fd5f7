namespace CaseWorkflows.Cases.Intake;

/// <summary>A patient's number in its stored form, its kind (of <see cref="PersonalNumber"/>), and the birth date where the number gives one.</summary>
public sealed record PatientNumber(string Number, string Kind, DateOnly? BirthDate);
