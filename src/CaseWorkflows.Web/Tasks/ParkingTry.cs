namespace CaseWorkflows.Web.Tasks;

/// <summary>A parking as it was typed.</summary>
/// <param name="Until">Local time as the browser sent it.</param>
/// <param name="Reason">Or empty.</param>
/// <param name="Late">It lies past the deadline, and wants to be confirmed.</param>
public sealed record ParkingTry(string Until, string Reason, bool Late);
