using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using static CaseWorkflows.Engine.Text.JsonShape;

namespace CaseWorkflows.Cases.Intake;

/// <summary>The shape of a case as it comes in.</summary>
public static class CaseBody
{
    private static readonly JsonShape Name = Text(TextLimits.Name);

    public static JsonShape Files { get; } = List(JsonShape.Object(
        TextLimits.Name, ("name", Name), ("contentType", Name), ("base64", Text(TextLimits.File)))).AtMost(TextLimits.Files);

    // What a field holds beside a file: choices, and rows of them.
    private static readonly JsonShape FieldValue = Any(TextLimits.File).AtMost(TextLimits.Choices);

    public static JsonShape Fields { get; } = JsonShape.Object(FieldValue).AtMost(TextLimits.Fields);

    public static JsonShape Shape { get; } = JsonShape.Object(
        TextLimits.Text,
        ("unit", Name), ("caseType", Name), ("channel", Name), ("externalId", Name), ("arrivedAt", Name), ("team", NumberOrText), ("priority", NumberOrText),
        ("patient", JsonShape.Object(
            TextLimits.Name, ("personalNumber", Name), ("name", Name), ("birthDate", Name), ("homeRegion", Name), ("digital", Flag), ("protectedIdentity", Name), ("phone", Name))),
        ("sender", JsonShape.Object(TextLimits.Name, ("kind", Name), ("name", Name))),
        ("subject", Text(TextLimits.Subject)), ("text", Text(TextLimits.Text)), ("attachments", Files), ("fields", Fields));
}
