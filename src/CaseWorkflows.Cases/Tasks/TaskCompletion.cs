using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>The task's part in the burst that its completion starts: locks and checks the row, writes it as done, lets waiting tasks go.</summary>
internal sealed class TaskCompletion : IBurstParticipant
{
    private readonly CommandContext _context;
    private readonly TaskRecord _task;
    private readonly TaskRight _right;
    private readonly string? _takeoverReason;
    private readonly Dictionary<string, JsonNode?> _values;
    private readonly List<(Guid Id, AttachmentContent File)> _files = [];
    private Guid _latest;

    public TaskCompletion(CommandContext context, TaskRecord task, TaskOutcome outcome, TaskRight right, IReadOnlyDictionary<string, JsonNode?> values, string? takeoverReason)
    {
        _context = context;
        _task = task;
        _right = right;
        _takeoverReason = takeoverReason;
        _values = new Dictionary<string, JsonNode?>(values);
        if (takeoverReason is not null) _values.TryAdd("skäl", takeoverReason);
        foreach (var file in task.Form.Where(f => f.Type == FieldType.File)) KeepFiles(FormValidator.KeyOf(file));
        Completed = new CompletedTask(task.Id, task.Title, task.ActivityId, outcome.Name, right.Role, right.Unit, right.Capacity) { Fields = [.. task.Form.Select(FormValidator.KeyOf)] };
        Input = new Dictionary<string, object?>
        {
            ["outcome"] = outcome.Name,
            ["fields"] = _values.ToDictionary(v => v.Key, v => Plain(v.Value)),
            ["completedBy"] = context.Actor.PersonId,
            ["completedByName"] = context.Actor.DisplayName,
            ["role"] = right.Role,
            ["unit"] = right.Unit,
            ["taskId"] = task.Id.ToString()
        };
    }

    public CompletedTask Completed { get; }

    /// <summary>What the person saw before sending; null = nobody looked.</summary>
    public CompletionPreview? Seen { get; set; }

    /// <summary>The latest message from the resident that the person saw; null = nobody looked. Empty = there was none.</summary>
    public Guid? LastMessage { get; set; }

    /// <summary>What the waiting step is resumed with.</summary>
    public IReadOnlyDictionary<string, object?> Input { get; }

    // Two statements: what the second one reads is of after the wait for the lock.
    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
        reads.Add("SELECT state, revision FROM task WHERE id = $1 FOR NO KEY UPDATE", Sql.Value(_task.Id));
        reads.Add($"SELECT {TaskRow.Columns} {TaskRow.From} WHERE t.id = $1", Sql.Value(_task.Id));
        if (LastMessage is not null) reads.Add(MessageSql.LatestReceived, Sql.Value(_task.CaseId));
    }

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        TaskConflicts.DemandActive(reader.GetString(0));
        if (reader.GetInt32(1) != _task.Revision) throw TaskConflicts.Changed();
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        scope.Ambient.Add(TaskRow.Read(reader));
        if (LastMessage is null) return;
        await reader.NextResultAsync(ct);
        _latest = await reader.ReadAsync(ct) ? reader.GetGuid(0) : Guid.Empty;
    }

    public ValueTask ReadyAsync(NpgsqlConnection connection, BurstScope scope, CancellationToken ct)
    {
        DemandStill(scope.Find<TaskRecord>()!, scope);
        if (scope.Find<CaseScope>()?.Case is not { } record) return ValueTask.CompletedTask;
        // The answer would take away the mark of what nobody has read.
        if (LastMessage is { } shown && shown != _latest && record.Flags.Contains(CaseFlag.NewReply)) throw TaskConflicts.ResidentWrote();
        if (_task.OpenStatus is { } status && record.StartedAt is null)
        {
            record.Status = status;
            record.StartedAt = scope.Now;
        }

        foreach (var (field, target) in _task.WriteBack)
            if (_values.TryGetValue(field, out var value)) WriteBack(record, field, target, value, scope.Find<ReferenceView>() ?? _context.Reference);
        return ValueTask.CompletedTask;
    }

    // A role may have ended, or the case become protected, since the call began.
    private void DemandStill(TaskRecord task, BurstScope scope)
    {
        var context = _context;
        if (scope.Find<ReferenceView>() is { } view && _context.Actor.PersonId is { } me)
            context = view.FindPerson(me) is { } person ? _context with { Actor = Actor.Of(person, view), Reference = view } : throw new NotFoundException();
        var access = new TaskAccess(context);
        var what = $"Slutför ”{task.Title}”";
        if (access.Demand(task, what).TakesOver && !_right.TakesOver) throw TaskConflicts.Changed();
        var outcome = task.Outcomes.FirstOrDefault(o => o.Name == Completed.Outcome);
        if (outcome is null || !access.MayChoose(task, outcome)) throw new ForbiddenException($"{what} med ”{Completed.Outcome}”", task.CaseId, task.Id, task.Unit);
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        if (scope.Result.NotFound) return;
        // A phrase or a routine may have changed since: then nothing goes, and the person looks again.
        if (Seen is { } seen && scope.Result.Effects.OfType<MessageSent>().Any(m => !seen.Messages.Any(s => s.Kind == m.Kind && s.Text == m.Text)))
            throw TaskConflicts.MessageChanged();
        batch.Add("""
            UPDATE task SET state = 'Klar', assignee = $2, claimed_at = coalesce(claimed_at, $3), opened_at = coalesce(opened_at, $3), completed_by = $2,
                completed_as = $4, capacity = $5, completed_at = $3, outcome = $6,
                draft = NULL, draft_outcome = NULL, draft_at = NULL, draft_by = NULL, draft_page = NULL, revision = revision + 1
            WHERE id = $1
            """, _task.Id, Sql.Value(_context.Actor.PersonId), scope.Now, Sql.Value(_right.Role), _right.Capacity, Completed.Outcome);
        batch.Add("INSERT INTO task_content (task_id, data) VALUES ($1, $2) ON CONFLICT (task_id) DO UPDATE SET data = excluded.data", _task.Id,
            Sql.Json(new JsonObject(_values.Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())))));
        foreach (var (id, file) in _files)
        {
            if (_task.CaseId is not { } caseId) break;
            batch.Add("INSERT INTO attachment (id, case_id, task_id, name, content_type, size, content, at, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                id, caseId, _task.Id, file.Name, file.ContentType, file.Content.Length, Sql.Value(file.Content), scope.Now, _task.Region);
        }

        if (_right.TakesOver)
            History(batch, scope, "Uppgift övertagen", _context.Reference.FindPerson(_task.Assignee)?.ShortName, _context.Actor.UserName, _takeoverReason);
        History(batch, scope, "Uppgift slutförd", null, Completed.Outcome, Visible("motivering") ?? Visible("skäl"));
        foreach (var field in _task.Form.Where(f => f.Type is FieldType.Choice && _values.GetValueOrDefault(FormValidator.KeyOf(f)) is not null))
            History(batch, scope, field.Label, null, _values[FormValidator.KeyOf(field)]!.ToString(), null);
        if (_task.Print is not null) History(batch, scope, "Utskrift", null, "Papperskopia", null);
        TaskSql.ReleaseWaiting(batch, _task.InstanceId, _task.ActivityId);
    }

    private void History(NpgsqlBatch batch, BurstScope scope, string name, string? before, string? after, string? reason) =>
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = name, Actor = _context.Actor, At = scope.Now, Region = _task.Region, Unit = _task.Unit, CaseId = _task.CaseId, TaskId = _task.Id,
            Role = _right.Role, RoleUnit = _right.Unit, Capacity = _right.Capacity, Task = _task.Title, Activity = _task.ActivityId, Before = before, After = after,
            Reason = reason, Source = _context.Source, Rule = _task.Rules.Count > 0 ? _task.Rules[0] : null, Trial = _task.Trial
        });

    private string? Visible(string key) => _values.GetValueOrDefault(key)?.ToString();

    /// <summary>What a routine may write an answer's field to on the case, beside <c>fields.name</c>.</summary>
    internal static readonly IReadOnlyList<string> WriteBackTargets = ["team", "priority", "caseType", "subtype", "protectedIdentity"];

    private void WriteBack(CaseRecord record, string field, string target, JsonNode? value, ReferenceView view)
    {
        switch (target)
        {
            // "okänt" is a valid team and stands as null on the case.
            case "team": record.Team = NumberText.Integer(value, 0, int.MaxValue); break;
            case "priority": record.Priority = NumberText.Integer(value, 0, int.MaxValue); break;
            case "caseType" when value?.ToString() is { Length: > 0 } text:
                record.CaseType = (view.FindCaseType(text, view.FindUnit(record.ResponsibleUnitId)) ?? throw new ValidationFailedException(field, "Ärendetypen finns inte.")).Code;
                break;
            case "subtype": record.Subtype = value?.ToString(); break;
            case "protectedIdentity" when value?.ToString() is CasePatient.NotChecked or CasePatient.Protected or CasePatient.NotProtected:
                // Whoever may not see the protected ones does not decide which those are.
                if (record.IsProtected && value.ToString() != CasePatient.Protected
                    && !new[] { record.UnitId, record.ResponsibleUnitId }.Any(u => _context.Actor.May(Permissions.CaseReadProtected, u)))
                    throw new ValidationFailedException(field, "Skyddad identitet tas bort av den som får läsa ärenden med skyddad identitet på enheten.");
                record.SetProtectedIdentity(value.ToString());
                break;
            case var path when path.StartsWith("fields.", StringComparison.Ordinal): record.Fields[path["fields.".Length..]] = value?.DeepClone(); break;
        }
    }

    private void KeepFiles(string key)
    {
        if (!_values.TryGetValue(key, out var value) || value is null) return;
        var kept = new JsonArray();
        foreach (var file in value as JsonArray ?? [value.DeepClone()])
        {
            // Kept before: it names a file of the case.
            if (file is JsonObject known && known["base64"] is null && known["id"] is not null)
            {
                kept.Add(known.DeepClone());
                continue;
            }

            foreach (var content in SentFiles.Read(file, key, (field, message) => throw new ValidationFailedException(field, message)))
            {
                var id = Guid.CreateVersion7();
                _files.Add((id, content));
                kept.Add(new JsonObject { ["id"] = id.ToString(), ["name"] = content.Name });
            }
        }

        _values[key] = kept;
    }

    /// <summary>Values as the engine keeps them.</summary>
    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(Plain).ToList(),
        JsonObject map => map.ToDictionary(p => p.Key, p => Plain(p.Value)),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.GetValue<decimal>() is var number && number == decimal.Truncate(number) ? (object)(long)number : (double)number,
            _ => node.ToString()
        }
    };
}
