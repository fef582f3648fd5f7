using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Organisation;

namespace CaseWorkflows.Cases.Intake;

/// <summary>A checked request, before the case has a number.</summary>
internal sealed record CaseDraft(
    Unit Unit, CaseType Type, string Alias, string Channel, DateTimeOffset ArrivedAt, int? Team, int? Priority, CasePatient? Patient, CaseSender? Sender,
    System.Text.Json.Nodes.JsonObject Fields, IReadOnlyList<AttachmentContent> Attachments);
