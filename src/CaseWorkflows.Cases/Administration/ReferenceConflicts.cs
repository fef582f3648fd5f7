using CaseWorkflows.Cases.Errors;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>What the database says about a change of reference data, as a person can understand it.</summary>
internal static class ReferenceConflicts
{
    // reference_expect raises it.
    private const string Changed = "RV001";

    private static readonly Dictionary<string, (string Field, string Message)> Claims = new()
    {
        ["reference.person.userName"] = ("userName", "Användarnamnet används redan."),
        ["reference.person.hsaId"] = ("hsaId", "HSA-id finns redan på en annan medarbetare."),
        ["reference.unit.name"] = ("name", "Det finns redan en enhet med det namnet."),
        ["reference.unit.reserved"] = ("name", "Namnet är reserverat."),
        ["reference.role_assignment.role"] = ("role", "Personen har redan rollen där under den tiden."),
        ["reference.unit.hsaId"] = ("hsaId", "HSA-id finns redan på en annan enhet."),
        ["reference.unit.numberPrefix"] = ("numberPrefix", "Ärendenumrens början används redan av en annan enhet."),
        ["reference.case_type.name"] = ("name", "Koden, namnet eller ett alias används redan av en annan ärendetyp."),
        ["reference.phrase.key"] = ("key", "Det finns redan en publicerad frasmall med den nyckeln här."),
        ["reference.group.name"] = ("name", "Det finns redan en grupp med det namnet på enheten."),
        ["reference.setting.key"] = ("key", "Inställningen finns redan här."),
        ["reference.opening_hours.unit"] = ("unit", "Enheten har redan öppettider."),
        ["reference.validFrom"] = ("validFrom", "Uppgiften har redan en ändring vid den tiden."),
        ["account_user_name_key"] = ("userName", "Användarnamnet används redan.")
    };

    /// <summary>Another writer came between; nothing was written.</summary>
    public static bool MayBeTriedAgain(Exception error) =>
        In(error)?.SqlState is Changed or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The refusal that the error means; null = something else.</summary>
    public static DomainException? Of(Exception error) => In(error) switch
    {
        { SqlState: Changed } => new ConflictException(ConflictTypes.RevisionChanged, "Någon annan ändrade samtidigt. Försök igen."),
        { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } name } when Claims.TryGetValue(name, out var claim) =>
            new ConflictException(ConflictTypes.AlreadyExists, claim.Message, claim.Field),
        { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: "reference_sound" } => new ValidationFailedException("$", "Uppgifterna har fel form."),
        _ => null
    };

    private static PostgresException? In(Exception? error) =>
        error is null ? null : error as PostgresException ?? In(error.InnerException);
}
