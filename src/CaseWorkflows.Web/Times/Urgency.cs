namespace CaseWorkflows.Web.Times;

/// <summary>How near a deadline is; each has its own words as well as its own colour.</summary>
internal enum Urgency
{
    Later,
    Today,
    Over,
}
