using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Paging;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Lists and single tasks as the actor may see them; the restriction is in the WHERE.</summary>
public sealed class TaskReader(NpgsqlDataSource database, ReadLog readLog)
{
    private const string ListRead = "Uppgiftslista";

    /// <summary>A page of a list; what it shows of cases is logged.</summary>
    public Task<TaskPage> ListAsync(CommandContext context, TaskQuery query, CancellationToken ct) => ListAsync(context, query, shown: true, ct);

    /// <summary>Open tasks by view.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(CommandContext context, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await CountAsync(connection, context, [], ct);
    }

    /// <param name="context">Who asks.</param>
    /// <param name="query">What for.</param>
    /// <param name="shown">Somebody gets to see it; false = only to choose from.</param>
    /// <param name="ct">Cancels it.</param>
    internal async Task<TaskPage> ListAsync(CommandContext context, TaskQuery query, bool shown, CancellationToken ct)
    {
        if (query.View is { } view && !TaskQuery.Views.Contains(view)) throw new ValidationFailedException("view", $"”{view}” är inte en vy.");
        if (query.View == TaskQuery.All && !context.Actor.MayAnywhere(Permissions.TaskReadAll)) throw new ForbiddenException("Visa alla uppgifter");

        var rules = new TaskRules(context.Actor, context.Reference);
        var list = ListCursor<TaskPlace>.NameOf("tasks", context.Actor, query with { Cursor = null, Limit = 0 });
        var cursor = ListCursor<TaskPlace>.Read(query.Cursor, list);
        var limit = Math.Clamp(query.Limit, 1, 200);

        await using var command = new NpgsqlCommand();
        var parameters = RuleParameters.Of(command.Parameters);
        var where = (query.Trial ? rules.Trials : rules.Ordinary & View(rules, query, context.Now) & rules.Sees).Sql(parameters);
        if (query.Unit is not null)
        {
            var unit = context.DemandUnit(query.Unit);
            where += $" AND t.unit = {Parameter(command, Sql.Value(unit.Id))}";
        }

        if (query.Case is not null)
            where += Guid.TryParse(query.Case, out var caseId) ? $" AND t.case_id = {Parameter(command, Sql.Value(caseId))}" : $" AND k.case_number = {Parameter(command, Sql.Value(query.Case))}";
        if (DueBefore(context, query.Due) is { } due) where += $" AND coalesce(t.due, k.clock_due) < {Parameter(command, Sql.Value(due))}";
        foreach (var word in SearchPattern.Of(query.Q, SwedishTime.LocalDate(context.Now)))
        {
            string text = Parameter(command, Sql.Value(word.Text)), number = Parameter(command, Sql.Value(word.Number));
            // Whoever may not read a text does not find it either. The cases that match are found by their indexes, once.
            where += $"""
                 AND (t.case_id IN (SELECT n_.id FROM cases n_ WHERE lower(n_.case_number) LIKE {text}) OR ({rules.SeesText.Sql(parameters)}
                    AND (lower(t.title) LIKE {text} OR t.case_id IN (SELECT s_.case_id FROM case_content s_ WHERE s_.search LIKE {text} OR s_.search LIKE {number}))))
                """;
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        command.Connection = connection;
        var row = cursor?.Place.Row(command);
        var moved = 0;
        if (row is not null)
        {
            await using var ahead = command.Clone();
            ahead.CommandText = $"SELECT t.id {TaskRow.From} WHERE {where} AND ({TaskPlace.Order}) <= {row} LIMIT {ListCursor<TaskPlace>.MostAhead}";
            moved = cursor!.MovedAmong(await ahead.IdsAsync(ct));
            where += $" AND ({TaskPlace.Order}) > {row}";
        }

        command.CommandText = $"SELECT {TaskRow.Columns}, {TaskPlace.Columns} {TaskRow.From} WHERE {where} ORDER BY {TaskPlace.Order} LIMIT {limit + 1}";
        var rows = new List<(TaskRecord Task, TaskPlace Place)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var task = TaskRow.Read(reader);
                rows.Add((task, TaskPlace.Read(reader, task)));
            }
        }

        var page = rows.Take(limit).Select(r => r.Task).ToList();
        var next = rows.Count > limit ? ListCursor<TaskPlace>.Next(cursor, page.Select(t => t.Id), rows[limit - 1].Place, list) : null;
        var read = shown ? page.Where(t => t.CaseId is not null).Select(t => (t.CaseId!.Value, (string?)t.CaseUnits[0])).ToList() : [];
        var access = new TaskAccess(context);
        return new TaskPage([.. page.Select(t => Item(t, context, access.SightOf(t)))], next, await CountAsync(connection, context, read, ct), moved);
    }

    /// <summary>
    /// The task with its form; the look at its case is logged. Looking changes nothing else; <see cref="MarkTaskOpened"/> says that it was shown.
    /// </summary>
    public async Task<TaskDetail> GetAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        var loaded = await LoadAsync(context, id, ct);
        var task = loaded.Task;
        new TaskAccess(context).DemandSight(task);
        if (task.CaseId is { } caseId) await readLog.AddAsync(context, caseId, task.CaseUnits[0], "Uppgift", ct);
        var detail = Detail(context, loaded);
        // A review of many cases is no case's own task; its form lists them.
        if (task.CaseId is null) await readLog.AddNamedAsync(context, Texts(detail), "Uppgift", ct);
        return detail;
    }

    private static IEnumerable<string?> Texts(TaskDetail task) =>
        [task.Item.Title, task.Instructions, .. task.Form.Select(f => f.Value?.ToJsonString(DomainJson.Options)), .. task.Comments.Select(c => c.Text)];

    /// <summary>The task after a command. Whoever does not see it any more gets it without what was written.</summary>
    public async Task<TaskDetail> AfterAsync(CommandContext context, Guid id, CancellationToken ct) => Detail(context, await LoadAsync(context, id, ct, after: true));

    /// <summary>For those who see no texts, where a routine has worked out the title.</summary>
    private const string HiddenTitle = "Uppgift";

    private static TaskItem Item(TaskRecord task, CommandContext context, Sight sight)
    {
        var reference = context.Reference;
        var assignee = task.State == TaskState.Done ? task.CompletedBy : task.Assignee;
        return new TaskItem
        {
            Id = task.Id, Title = sight != Sight.WithText && task.TitleComputed ? HiddenTitle : task.Title, CaseId = task.CaseId, CaseNumber = task.CaseNumber,
            CaseType = task.CaseType is null ? null : reference.CaseTypes.TryGetValue(task.CaseType, out var type) ? type.Name : task.CaseType,
            Subject = sight == Sight.WithText ? task.CaseSubject : null,
            Unit = reference.UnitName(task.Unit),
            Candidates = [.. task.Candidates.Select(c => new TaskCandidate(reference.RoleLabel(c.Role), reference.UnitName(c.Unit)))],
            State = task.State, Assignee = reference.FindPerson(assignee)?.ShortName ?? assignee, AssigneeName = reference.FindPerson(assignee)?.DisplayName,
            Priority = task.Priority, Due = task.Due, CaseDue = task.CaseDue, WarnAt = task.WarnAt, Flags = task.Flags, Badge = task.Badge, ParkedUntil = task.ParkedUntil,
            CreatedAt = task.CreatedAt, CompletedAt = task.CompletedAt, Outcome = task.Outcome
        };
    }

    /// <summary>Task, comments and what is to be said about the routine, in one round trip.</summary>
    private async Task<(TaskRecord Task, IReadOnlyList<TaskComment> Comments, string? Validity)> LoadAsync(CommandContext context, Guid id, CancellationToken ct, bool after = false)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"SELECT {TaskRow.Columns} {TaskRow.From} WHERE t.id = $1", id);
        batch.Add("""
            SELECT person, at, text FROM task_comment WHERE task_id = $1
            UNION ALL SELECT '', NULL, c.routine_validity FROM task t JOIN cases c ON c.id = t.case_id WHERE t.id = $1 AND c.routine_validity <> 'Gällande' ORDER BY 2
            """, id);
        if (after) ReadLog.AppendOfTask(batch, context, id, "Uppgift");
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
        var access = new TaskAccess(context);
        var right = access.RightTo(task);
        var sight = access.SightOf(task);
        var text = sight == Sight.WithText;
        return new TaskDetail
        {
            Item = Item(task, context, sight),
            TextShown = text,
            Instructions = text ? task.Instructions : null,
            Rules = task.Rules,
            Form = text ? [.. task.Form.Select(f => Drafted(f, task))] : [],
            Outcomes = text ? [.. task.Outcomes.Where(o => access.MayChoose(task, o) || right is null)] : [],
            Draft = text && task.Draft is { Count: > 0 }
                ? new TaskDraft(task.DraftAt, context.Reference.FindPerson(task.DraftBy)?.ShortName ?? task.DraftBy, task.DraftOutcome) : null,
            Revision = task.Revision,
            TakesOver = right?.TakesOver ?? false,
            Opened = task.OpenedAt is not null,
            MayWork = right is not null && task.State is TaskState.Open or TaskState.Taken,
            Comments = text ? comments : [],
            RoutineNotice = validity
        };
    }

    private static FormField Drafted(FormField field, TaskRecord task) =>
        task.Draft is { } draft && draft.TryGetPropertyValue(field.Key, out var drafted)
            ? field with { Value = field.Type == FieldType.Rows ? RowAnswers.Shown(field, drafted) : drafted?.DeepClone() }
            : field;

    private static Rule<TaskRecord> View(TaskRules rules, TaskQuery query, DateTimeOffset now) => query.View switch
    {
        TaskQuery.Mine => rules.Mine,
        TaskQuery.Available => rules.Available & TaskRules.NotParked(now),
        TaskQuery.UnitView => rules.OfUnit,
        TaskQuery.Cover => rules.Cover,
        TaskQuery.All => rules.All,
        _ when query.Case is not null => rules.OfCase,
        _ => rules.Mine | (rules.Available & TaskRules.NotParked(now))
    };

    private static string Parameter(NpgsqlCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<Dictionary<string, int>> CountAsync(
        NpgsqlConnection connection, CommandContext context, IReadOnlyCollection<(Guid Case, string? Unit)> shown, CancellationToken ct)
    {
        var rules = new TaskRules(context.Actor, context.Reference);
        await using var batch = new NpgsqlBatch(connection);
        var command = new NpgsqlBatchCommand();
        var parameters = RuleParameters.Of(command.Parameters);
        string Count(Rule<TaskRecord> view) => $"count(*) FILTER (WHERE {view.Sql(parameters)})";
        command.CommandText = $"""
            SELECT {Count(rules.Mine)}, {Count(rules.Available & TaskRules.NotParked(context.Now))}, {Count(rules.OfUnit)}, {Count(rules.Cover)}
            {TaskRow.From} WHERE t.state IN ('Öppen', 'Tagen', 'Låst') AND {(rules.Ordinary & rules.Sees).Sql(parameters)}
            """;
        batch.BatchCommands.Add(command);
        ReadLog.AppendList(batch, context, shown, ListRead);
        await using var reader = await batch.ExecuteReaderAsync(ct);
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
        "today" or "idag" => SwedishTime.EndOfDay(SwedishTime.LocalDate(context.Now)),
        "overdue" or "försenade" => context.Now,
        _ when IsoText.Date(due) is { } day => SwedishTime.EndOfDay(day),
        _ => throw new ValidationFailedException("due", "Ange today, overdue eller ett datum.")
    };
}
