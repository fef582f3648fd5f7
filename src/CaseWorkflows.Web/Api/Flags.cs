using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Api;

/// <summary>Yes and no of queries; what is neither is 400 with the field.</summary>
internal static class Flags
{
    public static bool? Read(string? text, string field) => FlagText.Read(text, sentence => new ValidationFailedException(field, sentence));
}
