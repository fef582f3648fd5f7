using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Fills the placeholders that every phrase may use.</summary>
internal static class PhraseText
{
    public static string? Fill(string? text, CaseRecord? record, ReferenceView view) =>
        text is null || record is null ? text
        : text.Replace("{ärendenummer}", record.CaseNumber, StringComparison.Ordinal)
            .Replace("{enhet}", view.UnitName(record.ResponsibleUnitId), StringComparison.Ordinal)
            .Replace("{ärendetyp}", view.CaseTypes.GetValueOrDefault(record.CaseType)?.Name ?? record.CaseType, StringComparison.Ordinal);
}
