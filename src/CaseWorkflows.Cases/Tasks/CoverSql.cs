using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Cover for an absent colleague: copies of the colleague's own role assignments, dated and marked as cover.</summary>
internal static class CoverSql
{
    public static void Grant(NpgsqlBatch batch, CoverGranted cover, CaseScope scope, DateTimeOffset now)
    {
        var reference = scope.Reference;
        foreach (var own in reference.AssignmentsOf(cover.AbsentPerson).Where(a => a.Reason == RoleAssignment.Own && !reference.IsProduct(a.Role) && scope.Reaches(a.Unit)))
        foreach (var person in cover.CoverPersons.Where(p => p != cover.AbsentPerson && scope.ReachesPerson(p) && MayCover(reference, p, own)).Distinct())
        {
            var assignment = new RoleAssignment
            {
                Id = $"cover:{cover.AbsenceId}:{person}:{own.Id}", Person = person, Role = own.Role, Unit = own.Unit, From = cover.From, To = cover.To,
                Reason = RoleAssignment.Cover, CoverFor = cover.AbsentPerson
            };
            ReferenceWriter.Replace(batch, ReferenceKinds.RoleAssignment, assignment.Id,
                cover.From is { } from ? SwedishTime.StartOfDay(from) : now,
                cover.To is { } to ? SwedishTime.EndOfDay(to) : null,
                reference.RegionOf(own.Unit), (JsonObject)JsonSerializer.SerializeToNode(assignment, DomainJson.Options)!, null, now);
        }
    }

    public static void Revoke(NpgsqlBatch batch, string absenceId, CaseScope scope, DateTimeOffset now) =>
        batch.Add("""
            UPDATE reference SET valid_to = greatest(valid_from, $2), revision = revision + 1
            WHERE kind = 'role_assignment' AND starts_with(id, $1) AND (valid_to IS NULL OR valid_to > $2)
                AND ($3::text IS NULL OR region IS NULL OR region = $3)
            """, $"cover:{absenceId}:", now, Sql.Value(scope.Region));

    // An absence is no way to a role that one could not hold: only those who hold it, or one that covers it, in the same operation stand in
    // for it (ROLL-20, X-14, X-32).
    private static bool MayCover(ReferenceView reference, string person, RoleAssignment absent) =>
        reference.AssignmentsOf(person).Any(a => a.Reason == RoleAssignment.Own && reference.AreNear(a.Unit, absent.Unit)
            && (a.Role == absent.Role || (reference.Roles.TryGetValue(a.Role, out var held) && held.CoversRoles.Contains(absent.Role))));
}
