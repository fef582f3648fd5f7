using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Lists and single tasks as the actor may see them; the restriction is in the WHERE.</summary>
public sealed class TaskReader(NpgsqlDataSource database)
{
    private const string Mine = "(t.state IN ('Öppen', 'Tagen') AND (t.assignee = $2 OR (t.assignee IS NULL AND $2 = ANY (t.candidate_persons))))";
    private const string Available = """
        (t.state = 'Öppen' AND t.assignee IS NULL AND (t.parked_until IS NULL OR t.parked_until <= $6)
         AND ($2 = ANY (t.candidate_persons) OR EXISTS (SELECT 1 FROM task_candidate c WHERE c.task_id = t.id AND c.held = ANY ($3))))
        """;
    private const string OfUnit = "(t.state IN ('Öppen', 'Tagen', 'Låst') AND t.unit = ANY ($4))";
    private const string Cover = "(t.state IN ('Öppen', 'Tagen') AND (t.assignee = ANY ($5) OR (t.assignee IS NULL AND t.candidate_persons && $5)))";

    // A trial run's tasks are its starter's alone, and stand in no ordinary list.
    private const string Base = $"t.region = ANY ($1) AND CASE WHEN $7 THEN t.trial AND t.starter = $2 ELSE NOT t.trial END AND {Open}";

    // A protected identity (D-10): the unit's tasks are shown to those who receive its cases or have the case, others see what waits for them.
    private const string Open = """
        NOT EXISTS (SELECT 1 FROM cases p WHERE p.id = t.case_id AND p.protected AND NOT t.trial
            AND NOT (p.unit = ANY ($9) OR p.responsible_unit = ANY ($9) OR coalesce(p.owner_person = $2 OR p.owner_person = ANY ($5), false)
                OR coalesce(t.completed_by = $2, false)
                OR (t.state IN ('Öppen', 'Tagen', 'Låst') AND CASE WHEN t.assignee IS NOT NULL THEN t.assignee = $2 OR t.assignee = ANY ($5)
                    ELSE $2 = ANY (t.candidate_persons) OR t.candidate_persons && $5
                        OR EXISTS (SELECT 1 FROM task_candidate c WHERE c.task_id = t.id AND c.held = ANY ($3)) END)))
        """;

    private const string Order = """
        ORDER BY (k.flags && ARRAY['Flaggat – svarstid överskriden', 'Eskalerat']) DESC NULLS LAST, t.priority NULLS LAST,
            (k.flags && ARRAY['Förfaller idag']) DESC NULLS LAST, coalesce(t.due, k.clock_due) NULLS LAST, t.created_at, t.id
        """;

    public async Task<TaskPage> ListAsync(CommandContext context, TaskQuery query, CancellationToken ct)
    {
        if (query.View is { } view && !TaskQuery.Views.Contains(view)) throw new ValidationFailedException("view", $"”{view}” är inte en vy.");
        if (query.View == TaskQuery.All && !context.Actor.MayAnywhere(Permissions.TaskReadAll)) throw new ForbiddenException("Visa alla uppgifter");

        var where = $"{Base} AND {(query.Trial ? "true" : ViewFilter(query))}";
        var offset = int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var limit = Math.Clamp(query.Limit, 1, 200);

        await using var command = new NpgsqlCommand();
        AddActor(command, context, query.Trial);
        if (query.Unit is not null)
        {
            var unit = context.Reference.FindUnit(query.Unit) ?? throw new ValidationFailedException("unit", "Enheten finns inte.");
            where += $" AND t.unit = {Parameter(command, Sql.Value(unit.Id))}";
        }

        if (query.Case is not null)
            where += Guid.TryParse(query.Case, out var caseId) ? $" AND t.case_id = {Parameter(command, Sql.Value(caseId))}" : $" AND k.case_number = {Parameter(command, Sql.Value(query.Case))}";
        if (DueBefore(context, query.Due) is { } due) where += $" AND coalesce(t.due, k.clock_due) < {Parameter(command, Sql.Value(due))}";
        if (!string.IsNullOrWhiteSpace(query.Q))
        {
            var text = Parameter(command, Sql.Value($"%{query.Q.Trim().ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%"));
            where += $" AND (lower(t.title) LIKE {text} OR lower(k.case_number) LIKE {text} OR EXISTS (SELECT 1 FROM case_content s WHERE s.case_id = t.case_id AND s.search LIKE {text}))";
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        command.Connection = connection;
        command.CommandText = $"SELECT {TaskRow.Columns} {TaskRow.From} WHERE {where} {Order} LIMIT {limit + 1} OFFSET {offset}";
        var items = new List<TaskItem>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) items.Add(Item(TaskRow.Read(reader), context));
        }

        var next = items.Count > limit ? (offset + limit).ToString(CultureInfo.InvariantCulture) : null;
        return new TaskPage([.. items.Take(limit)], next, await CountAsync(connection, context, ct));
    }

    /// <summary>The task with its form. The assignee's first look starts the case (O-5).</summary>
    public async Task<TaskDetail> GetAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        var loaded = await LoadAsync(context, id, ct);
        var task = loaded.Task;
        new TaskAccess(context.Actor, context.Reference).DemandSight(task);
        if (task.OpenedAt is null && task.State is TaskState.Open or TaskState.Taken && task.Assignee is not null && task.Assignee == context.Actor.PersonId
            && await new OpenTaskCommand(database).ExecuteAsync(context, task, ct))
            loaded = await LoadAsync(context, id, ct);
        return Detail(context, loaded);
    }

    /// <summary>The task after a command, whoever may see it now.</summary>
    public async Task<TaskDetail> AfterAsync(CommandContext context, Guid id, CancellationToken ct) => Detail(context, await LoadAsync(context, id, ct));

    public static TaskItem Item(TaskRecord task, CommandContext context)
    {
        var reference = context.Reference;
        var assignee = task.State == TaskState.Done ? task.CompletedBy : task.Assignee;
        return new TaskItem
        {
            Id = task.Id, Title = task.Title, CaseId = task.CaseId, CaseNumber = task.CaseNumber,
            CaseType = task.CaseType is null ? null : reference.CaseTypes.TryGetValue(task.CaseType, out var type) ? type.Name : task.CaseType,
            Subject = task.CaseUnits is [var unit, var responsible] && CaseAccess.SeesText(context.Actor, unit, responsible) ? task.CaseSubject : null,
            Unit = reference.UnitName(task.Unit),
            Candidates = [.. task.Candidates.Select(c => new TaskCandidate(reference.RoleLabel(c.Role), reference.UnitName(c.Unit)))],
            State = task.State, Assignee = reference.FindPerson(assignee)?.ShortName ?? assignee, AssigneeName = reference.FindPerson(assignee)?.DisplayName,
            Priority = task.Priority, Due = task.Due, WarnAt = task.WarnAt, Flags = task.Flags, Badge = task.Badge, ParkedUntil = task.ParkedUntil,
            CreatedAt = task.CreatedAt, CompletedAt = task.CompletedAt, Outcome = task.Outcome
        };
    }

    /// <summary>Task, comments and what is to be said about the routine, in one round trip.</summary>
    private async Task<(TaskRecord Task, IReadOnlyList<TaskComment> Comments, string? Validity)> LoadAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"SELECT {TaskRow.Columns} {TaskRow.From} WHERE t.id = $1", id);
        batch.Add("""
            SELECT person, at, text FROM task_comment WHERE task_id = $1
            UNION ALL SELECT '', NULL, c.routine_validity FROM task t JOIN cases c ON c.id = t.case_id WHERE t.id = $1 AND c.routine_validity <> 'Gällande' ORDER BY 2
            """, id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var task = await reader.ReadAsync(ct) ? TaskRow.Read(reader) : throw new NotFoundException();
        await reader.NextResultAsync(ct);
        var comments = new List<TaskComment>();
        string? validity = null;
        while (await reader.ReadAsync(ct))
        {
            if (reader.IsDBNull(1)) validity = reader.GetString(2);
            else comments.Add(new TaskComment(context.Reference.FindPerson(reader.GetString(0))?.ShortName ?? reader.GetString(0), reader.Instant(1)!.Value, reader.GetString(2)));
        }

        return (task, comments, validity);
    }

    private static TaskDetail Detail(CommandContext context, (TaskRecord Task, IReadOnlyList<TaskComment> Comments, string? Validity) loaded)
    {
        var (task, comments, validity) = loaded;
        var access = new TaskAccess(context.Actor, context.Reference);
        var right = access.RightTo(task);
        return new TaskDetail
        {
            Item = Item(task, context),
            Instructions = task.Instructions,
            Rules = task.Rules,
            Form = [.. task.Form.Select(f => task.Draft is { } draft && draft.TryGetPropertyValue(f.Key, out var drafted) ? f with { Value = drafted?.DeepClone() } : f)],
            Outcomes = [.. task.Outcomes.Where(o => access.MayChoose(task, o) || right is null)],
            Revision = task.Revision,
            TakesOver = right?.TakesOver == true,
            MayWork = right is not null && task.State is TaskState.Open or TaskState.Taken,
            Comments = comments,
            RoutineNotice = validity
        };
    }

    private static string ViewFilter(TaskQuery query) => query.View switch
    {
        TaskQuery.Mine => Mine,
        TaskQuery.Available => Available,
        TaskQuery.UnitView => OfUnit,
        TaskQuery.Cover => Cover,
        TaskQuery.All => "t.region = ANY ($8)",
        _ when query.Case is not null => $"({Mine} OR {OfUnit} OR {Cover} OR (t.state IN ('Öppen', 'Tagen', 'Låst') AND EXISTS (SELECT 1 FROM task_candidate c WHERE c.task_id = t.id AND c.held = ANY ($3))))",
        _ => $"({Mine} OR {Available})"
    };

    private static void AddActor(NpgsqlCommand command, CommandContext context, bool trial)
    {
        var actor = context.Actor;
        command.With(
            Sql.Value(actor.Regions), Sql.Value(actor.PersonId), Sql.Value(actor.Roles.Select(r => r.Role + "@" + r.Unit)),
            Sql.Value(actor.UnitsWith(Permissions.TaskReadUnit)), Sql.Value(actor.CoversFor), context.Now, trial,
            Sql.Value(actor.Regions.Where(r => actor.May(Permissions.TaskReadAll, r))), Sql.Value(ProtectedIdentity.OpenUnits(context)));
    }

    private static string Parameter(NpgsqlCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<Dictionary<string, int>> CountAsync(NpgsqlConnection connection, CommandContext context, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            SELECT count(*) FILTER (WHERE {Mine}), count(*) FILTER (WHERE {Available}), count(*) FILTER (WHERE {OfUnit}), count(*) FILTER (WHERE {Cover})
            FROM task t WHERE {Base} AND t.state IN ('Öppen', 'Tagen', 'Låst')
            """, connection);
        AddActor(command, context, false);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Dictionary<string, int>
        {
            [TaskQuery.Mine] = (int)reader.GetInt64(0), [TaskQuery.Available] = (int)reader.GetInt64(1),
            [TaskQuery.UnitView] = (int)reader.GetInt64(2), [TaskQuery.Cover] = (int)reader.GetInt64(3)
        };
    }

    private static DateTimeOffset? DueBefore(CommandContext context, string? due) => due switch
    {
        null or "" => null,
        "today" or "idag" => SwedishTime.StartOfDay(SwedishTime.LocalDate(context.Now).AddDays(1)),
        "overdue" or "försenade" => context.Now,
        _ when DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => SwedishTime.StartOfDay(day.AddDays(1)),
        _ => throw new ValidationFailedException("due", "Ange today, overdue eller ett datum.")
    };
}
