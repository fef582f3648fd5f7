using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Web.Forms;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Incidents;

/// <summary>The fields of a decision. Keys are those that the commands name in their errors.</summary>
internal static class IncidentForm
{
    public static readonly FormField Reason = new() { Key = "reason", Label = T("incident.reason"), Type = FieldType.LongText, Required = true, Help = T("incident.reasonhelp") };

    public static IReadOnlyList<FormField> FieldsOf(IncidentItem item) => item.Ways.Count > 1 ? [Reason, OutcomeOf(item)] : [Reason];

    /// <summary>Each way with the step it leads to, so that nobody has to know the drawing by heart.</summary>
    private static FormField OutcomeOf(IncidentItem item) => new()
    {
        Key = "outcome", Label = T("incident.way"), Type = FieldType.Choice,
        Options = [.. item.Ways.Select(w => new FormOption(w.Outcome, w.Next.Count > 0 ? T("incident.leads", w.Outcome, string.Join(", ", w.Next)) : T("incident.ends", w.Outcome)))],
    };

    public static FormState StateOf(IncidentItem item) => new() { Fields = FieldsOf(item) };
}
