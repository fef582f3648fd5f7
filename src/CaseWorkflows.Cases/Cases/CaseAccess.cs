using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Which cases the actor may see, as a condition for a WHERE. Parameters 1–6 are the actor's.</summary>
internal static class CaseAccess
{
    public const int Parameters = 6;

    public const string InRegion = "c.region = ANY ($1)";

    /// <summary>By the unit, by owning it, by a task of it that is or was the actor's, or by cover. Trials are their starter's alone.</summary>
    public const string Visible = """
        coalesce(CASE WHEN c.trial THEN c.starter = $3 ELSE c.unit = ANY ($2) OR c.responsible_unit = ANY ($2)
            OR c.owner_person = $3 OR c.owner_person = ANY ($5) OR ($6 AND c.region = ANY ($1))
            OR EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND NOT t.trial AND (t.assignee = $3 OR t.completed_by = $3
                OR $3 = ANY (t.candidate_persons) OR t.assignee = ANY ($5) OR t.candidate_persons && $5
                OR EXISTS (SELECT 1 FROM task_candidate h WHERE h.task_id = t.id AND h.held = ANY ($4)))) END, false)
        """;

    public static NpgsqlCommand WithActor(this NpgsqlCommand command, Actor actor) => command.With(
        Sql.Value(actor.Regions),
        Sql.Value(actor.UnitsWith(Permissions.CaseReadUnit).Concat(actor.UnitsWith(Permissions.CaseReadNoText)).Distinct()),
        Sql.Value(actor.PersonId),
        Sql.Value(actor.Roles.Select(r => r.Role + "@" + r.Unit)),
        Sql.Value(actor.CoversFor),
        actor.MayAnywhere(Permissions.IntegrationEvents));

    /// <summary>An auditor sees what happened, not what patients wrote (MODEL 4).</summary>
    public static bool SeesText(Actor actor, CaseRecord record) =>
        actor.May(Permissions.CaseReadUnit, record.UnitId) || actor.May(Permissions.CaseReadUnit, record.ResponsibleUnitId)
        || !(actor.May(Permissions.CaseReadNoText, record.UnitId));
}
