using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tests.Api;
using Npgsql;
using NpgsqlTypes;

namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>Puts worlds into the database, a table at a time, and makes their people's calls.</summary>
internal sealed class WorldDatabase(NpgsqlDataSource source, ReferenceStore reference)
{
    private static readonly DateTimeOffset At = ApiHost.Now.AddDays(-1);
    private ReferenceView _view = null!;

    public async Task FillAsync(IReadOnlyList<World> worlds)
    {
        await ExecuteAsync("DELETE FROM task_comment; DELETE FROM task_candidate; DELETE FROM task_content; DELETE FROM task; DELETE FROM notice; DELETE FROM attachment; "
            + "DELETE FROM message_content; DELETE FROM message; DELETE FROM case_content; DELETE FROM cases; DELETE FROM reference WHERE id LIKE 't\\_%' OR id LIKE 'w%'");
        await InsertAsync("reference", "kind, id, valid_from, valid_to, region, data, changed_at", Reference(worlds));
        var cases = worlds.SelectMany(w => w.Cases).ToList();
        await InsertAsync("cases", "id, case_number, region, unit, responsible_unit, case_type, channel, arrived_at, registered_at, status, flags, owner_person, owner_unit, closed_at, trial, starter, changed_at",
            cases.Select(c => new
            {
                id = c.Id, case_number = c.Number, region = c.Region, unit = c.Unit, responsible_unit = c.ResponsibleUnit, case_type = "t_typ", channel = c.Channel, arrived_at = At,
                registered_at = At, status = "Inkommet", flags = c.Protected ? new[] { "Skyddad identitet" } : [], owner_person = c.Owner, owner_unit = c.OwnerUnit,
                closed_at = c.Closed ? At : (DateTimeOffset?)null, trial = c.Trial, starter = c.Starter, changed_at = At
            }));
        await InsertAsync("case_content", "case_id, patient, subject, body, fields", cases.Select(c => new
        {
            case_id = c.Id, subject = c.Word, body = c.Word, fields = new { fält = c.Word },
            patient = new { name = c.Word, personalNumber = "19121212-1212", protectedIdentity = c.Protected ? "Ja – skyddad" : "Ej kontrollerad" }
        }));
        await InsertAsync("message", "id, case_id, region, direction, kind, sent_at, counts_as_first_response, delivery_state, trial", cases.Select(c => new
        {
            id = c.Id, case_id = c.Id, region = c.Region, direction = "Ut", kind = "Svar", sent_at = At, counts_as_first_response = true, delivery_state = "Köat", trial = c.Trial
        }));
        await InsertAsync("message_content", "message_id, text", cases.Select(c => new { message_id = c.Id, text = c.Word }));
        await InsertAsync("notice", "id, case_id, unit, region, channel, recipient, to_resident, text, at, delivery_state, attempts, trial", cases.Select(c => new
        {
            id = c.Id, case_id = c.Id, unit = c.Unit, region = c.Region, channel = "epost", recipient = "någon", to_resident = false, text = c.Word, at = At, delivery_state = "Köat", attempts = 0, trial = false
        }));
        await InsertAsync("attachment", "id, case_id, name, content_type, size, content, at, region", cases.Select(c => new
        {
            id = c.Attachment, case_id = c.Id, name = c.Word, content_type = "text/plain", size = 1, content = "\\x41", at = At, region = c.Region
        }));
        await ExecuteAsync("SELECT count(append_history('case:' || c.id, c.changed_at, c.region, c.unit, c.id, NULL, c.trial, false, '{\"event\": \"Prov\"}', k.body)) "
            + "FROM cases c JOIN case_content k ON k.case_id = c.id");
        var tasks = worlds.SelectMany(w => w.Tasks).ToList();
        await InsertAsync("task", Columns, tasks.Select(Row));
        await InsertAsync("task_candidate", "task_id, role, unit", tasks.SelectMany(t => t.CandidateRoles.Select(r => new { task_id = t.Id, role = r, unit = t.Unit })));
        _view = (await reference.FreshAsync(CancellationToken.None)).At(ApiHost.Now);
    }

    public CommandContext Call(WorldPerson person) => new(Actor.Of(_view.FindPerson(person.Id)!, _view), _view, ApiHost.Now);

    /// <summary>As it was before a command changed it.</summary>
    public async Task RestoreAsync(WorldTask task)
    {
        await using var command = source.CreateCommand("""
            WITH was AS (SELECT * FROM jsonb_populate_record(NULL::task, $1)), gone AS (DELETE FROM task_comment WHERE task_id = $2)
            UPDATE task t SET state = w.state, assignee = w.assignee, parked_until = w.parked_until, draft = w.draft, opened_at = w.opened_at FROM was w WHERE t.id = w.id
            """);
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(Row(task)), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = task.Id });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> ReadsAsync(string person)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM read_log WHERE person = $1");
        command.Parameters.Add(new() { Value = person });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private const string Columns = "id, instance_id, bookmark_id, activity_id, definition_id, definition_version, case_id, region, unit, title, instructions, state, assignee, opened_at, "
        + "candidate_persons, form, outcomes, rules, takeover_by_team, waiting_for, write_back, print, draft, parked_until, completed_by, trial, starter, revision, created_at, title_computed, sealed";

    private static object Row(WorldTask t) => new
    {
        id = t.Id, instance_id = Guid.NewGuid(), bookmark_id = "b", activity_id = "a", definition_id = "prov", definition_version = 1, case_id = t.Case, region = t.Region, unit = t.Unit,
        title = "Prova " + t.Word, instructions = t.Word, state = t.State, assignee = t.Assignee, opened_at = At, candidate_persons = t.CandidatePersons,
        form = new[] { new { key = "svar", label = "Svar", type = "text", value = t.Word } }, outcomes = new[] { new { name = "Klar" } }, rules = Array.Empty<string>(),
        takeover_by_team = t.TakeOverByTeam, waiting_for = Array.Empty<string>(), write_back = new { }, print = "{svar}", draft = new { svar = t.Word },
        parked_until = t.Parked ? ApiHost.Now.AddDays(1) : (DateTimeOffset?)null, completed_by = t.CompletedBy, trial = t.Trial, starter = t.Starter, revision = 1, created_at = At, title_computed = true, @sealed = t.Sealed
    };

    private static IEnumerable<object> Reference(IReadOnlyList<World> worlds)
    {
        foreach (var (code, role) in Worlds.Roles)
            yield return Document("role", code, null, new { code, name = code, permissions = role.Permissions, product = role.Product, coversRoles = role.Covers });
        foreach (var world in worlds)
        {
            foreach (var region in world.Regions) yield return Document("region", region, region, new { code = region, name = region, noticeChannel = "epost" });
            foreach (var u in world.Units)
            {
                var settings = u.Narrows ? null : new JsonObject { ["skyddadIdentitetBegränsar"] = false };
                yield return Document("unit", u.Id, u.Region, new { id = u.Id, name = u.Id, region = u.Region, verksamhet = u.Operation, settings });
            }

            foreach (var p in world.People)
            {
                yield return Document("person", p.Id, null, new { id = p.Id, userName = p.Id, displayName = p.Id, kind = p.Kind, teams = p.Team is { } team ? new[] { team } : [], channels = p.Channels });
                foreach (var (r, i) in p.Roles.Select((r, i) => (r, i)))
                {
                    var id = $"{p.Id}:{i}";
                    var document = new { id, person = p.Id, role = r.Role, unit = r.Place, from = Day(r.From), to = Day(r.To), reason = r.CoverFor is null ? "own" : "cover", coverFor = r.CoverFor };
                    var (from, to) = ReferenceIds.PeriodOf("role_assignment", (JsonObject)JsonSerializer.SerializeToNode(document)!);
                    yield return Document("role_assignment", id, null, document, from, to);
                }
            }
        }
    }

    private static string? Day(int? fromToday) => fromToday is { } days ? DateOnly.FromDateTime(ApiHost.Now.Date).AddDays(days).ToString("yyyy-MM-dd") : null;

    private static object Document(string kind, string id, string? region, object data, DateTimeOffset? from = null, DateTimeOffset? to = null) => new
    {
        kind, id, valid_from = from?.ToString("o") ?? "-infinity", valid_to = to?.ToString("o"), region, data, changed_at = At
    };

    private async Task InsertAsync(string table, string columns, IEnumerable<object> rows)
    {
        await using var command = source.CreateCommand($"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, $1)");
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
