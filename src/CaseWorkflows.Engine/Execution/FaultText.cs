using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// What people are told when something has thrown. What the product's own code throws is written for them; what the framework and
/// libraries throw is in English and about their insides, and stands in the log.
/// </summary>
public static class FaultText
{
    private const string Own = "CaseWorkflows";
    private const int Longest = 2_000;

    /// <summary>A Swedish sentence.</summary>
    public static string Of(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (IsOwn(e)) return Bounded(e.Message);
        return e switch
        {
            TimeoutException => "Det tog för lång tid och stoppades.",
            HttpRequestException { StatusCode: { } status } => $"Mottagaren svarade med fel ({(int)status}).",
            HttpRequestException or System.Net.Sockets.SocketException => "Mottagaren gick inte att nå.",
            System.Data.Common.DbException { SqlState: { } state } => $"Databasen svarade med ett fel ({state}).",
            System.Data.Common.DbException => "Databasen gick inte att nå.",
            System.Text.Json.JsonException => "Ett lagrat värde gick inte att läsa.",
            OperationCanceledException => "Det avbröts innan det var klart.",
            IOException or UnauthorizedAccessException => "En fil gick inte att läsa eller skriva.",
            _ => $"Ett fel i programmet ({e.GetType().Name}). Mer om felet finns i loggen.",
        };
    }

    /// <summary>A text that a routine words itself may be of any length, and stands in the journal, the state and the incident.</summary>
    internal static string Bounded(string message) => message.Length <= Longest ? message : SoundText.Of(message[..Longest]) + "…";

    /// <summary>Thrown by a method of the product, or of a module of it: of a kind of its own, or with a text of its own.</summary>
    private static bool IsOwn(Exception e) =>
        e.GetType().Assembly.GetName().Name?.StartsWith(Own, StringComparison.Ordinal) == true
        || e.TargetSite?.Module.Assembly.GetName().Name?.StartsWith(Own, StringComparison.Ordinal) == true;
}
