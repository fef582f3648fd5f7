using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Web.Api;

/// <summary>Times and dates of queries and bodies; what cannot be read is 400 with the field.</summary>
internal static class Instants
{
    public static DateTimeOffset Parse(string text, CommandContext context, string field) =>
        IsoText.Instant(text, context.Now) ?? throw new ValidationFailedException(field, IsoText.InstantFault);

    public static DateOnly? Date(string? text, string field) =>
        SoundText.IsBlank(text) ? null : IsoText.Date(text) ?? throw new ValidationFailedException(field, IsoText.DateFault);
}
