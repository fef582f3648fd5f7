using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Api;

/// <summary>Times and dates of queries and bodies, read like a form's.</summary>
internal static class Instants
{
    public static DateTimeOffset Parse(string text, CommandContext context, string field) =>
        DateTimeOffset.Parse(Read(FieldType.DateTime, text, context, field), CultureInfo.InvariantCulture).ToUniversalTime();

    public static DateOnly? Date(string? text, CommandContext context, string field) =>
        string.IsNullOrWhiteSpace(text) ? null : DateOnly.ParseExact(Read(FieldType.Date, text, context, field), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Read(string type, string text, CommandContext context, string field)
    {
        try
        {
            return new FormValidator(context.Reference, context.Now)
                .Validate([new FormField { Key = field, Label = field, Type = type }], new JsonObject { [field] = text }, null)[field]!.ToString();
        }
        catch (FormatException)
        {
            throw new ValidationFailedException(field, "Ange datum eller tid.");
        }
    }
}
