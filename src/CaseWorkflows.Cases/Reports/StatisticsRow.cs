namespace CaseWorkflows.Cases.Reports;

/// <summary>Cases of one unit and case type in a period. InTime counts closed cases whose first response came before its limit; Open those that were open when the period ended.</summary>
public sealed record StatisticsRow(string Unit, string CaseType, int Received, int Closed, int InTime, decimal? InTimePercent, int Flagged, int Open, double? MedianResponseHours);
