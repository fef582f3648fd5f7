namespace CaseWorkflows.Cases.Cases;

/// <summary>Who filed the case: Patient, Vårdnadshavare or Medarbetare.</summary>
public sealed record CaseSender
{
    public string Kind { get; init; } = "Patient";

    public string? Name { get; init; }
}
