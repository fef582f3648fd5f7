using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Web.Forms;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Register;

/// <summary>The registration form: what every case has, and the case type's own fields. Keys are those the intake names in its errors.</summary>
internal static class RegisterForm
{
    private static readonly HashSet<string> Common =
        ["patient.personalNumber", "patient.name", "patient.birthDate", "sender.kind", "sender.name", "channel", "arrivedAt", "team", "subject", "text", "attachments"];

    public static IReadOnlyList<FormField> FieldsFor(CaseType type) =>
    [
        new() { Key = "patient.personalNumber", Label = T("register.personalnumber") },
        new() { Key = "patient.name", Label = T("register.name") },
        new() { Key = "patient.birthDate", Label = T("register.birthdate"), Type = FieldType.Date },
        new() { Key = "sender.kind", Label = T("register.sender"), Type = FieldType.Choice, Options = ["Patient", "Vårdnadshavare", "Medarbetare"], Value = "Patient" },
        new() { Key = "sender.name", Label = T("register.sendername") },
        new() { Key = "channel", Label = T("register.channel"), Type = FieldType.Choice, Options = ["Enhet", "1177 telefon", "1177 e-tjänster", "1177 direkt", "App"], Value = "Enhet" },
        new() { Key = "arrivedAt", Label = T("register.arrived"), Type = FieldType.DateTime, Help = T("register.arrivedhelp") },
        new() { Key = "team", Label = T("register.team"), Type = FieldType.Number },
        .. type.Fields.Where(f => !Common.Contains(FieldNames.Key(f))),
        new() { Key = "subject", Label = T("register.subject") },
        new() { Key = "text", Label = T("register.text"), Type = FieldType.LongText },
        new() { Key = "attachments", Label = T("register.file"), Type = FieldType.File },
    ];

    /// <param name="key">Made with the form: sending it twice gives the first case again.</param>
    public static CaseRegistrationRequest Request(string unit, string type, string key, IReadOnlyList<FormField> fields, JsonObject values)
    {
        var own = new JsonObject();
        foreach (var field in fields.Select(FieldNames.Key).Where(k => !Common.Contains(k)))
            if (values[field] is { } value) own[field] = value.DeepClone();
        return new CaseRegistrationRequest
        {
            Unit = unit,
            CaseType = type,
            Channel = values["channel"]?.ToString(),
            FormKey = key,
            ArrivedAt = values["arrivedAt"]?.DeepClone(),
            Team = values["team"]?.DeepClone(),
            Patient = Part(values, "patient."),
            Sender = Part(values, "sender."),
            Subject = values["subject"]?.ToString(),
            Text = values["text"]?.ToString(),
            Attachments = values["attachments"] is { } file ? new JsonArray(file.DeepClone()) : null,
            Fields = own,
        };
    }

    /// <summary>Nothing says whom or what it is about.</summary>
    public static bool IsEmpty(CaseRegistrationRequest request) =>
        request is { Patient: null, Attachments: null } && SoundText.IsBlank(request.Subject) && SoundText.IsBlank(request.Text)
        && request.Fields?.Any(f => f.Value?.ToString() is { Length: > 0 }) != true;

    private static JsonObject? Part(JsonObject values, string prefix)
    {
        var part = new JsonObject(values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal) && v.Value is not null)
            .Select(v => KeyValuePair.Create(v.Key[prefix.Length..], v.Value?.DeepClone())));
        return part.Count == 0 ? null : part;
    }
}
