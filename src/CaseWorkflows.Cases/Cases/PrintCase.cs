using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Makes the paper copy: the case, its thread and what tasks with a print text were filled in with (ONK-17, ONK-18). Audited.</summary>
public sealed partial class PrintCase(NpgsqlDataSource database, CaseGate gate, MessageReader messages)
{
    public async Task<CasePrint> ExecuteAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var (record, sight) = await gate.SeeAsStaffAsync(context, idOrNumber, "Skriv ut ärende", ct);
        if (sight != Sight.WithText) throw new ForbiddenException("Skriv ut ärende", record.Id, unit: record.UnitId);
        var reference = context.Reference;
        var text = new StringBuilder();
        Line("Ärende", record.CaseNumber);
        Line("Enhet", reference.UnitName(record.UnitId));
        Line("Ärendetyp", reference.CaseTypes.TryGetValue(record.CaseType, out var type) ? type.Name : record.CaseType);
        Line("Inkommet", Local(record.ArrivedAt));
        Line("Svara senast", record.Clock.Due is { } due ? Local(due) : null);
        Line("Team", record.Team?.ToString(CultureInfo.InvariantCulture));
        Line("Patient", record.Patient?.Name);
        Line("Personnummer", record.Patient?.PersonalNumber);
        Line("Ämne", record.Subject);
        text.AppendLine().AppendLine(record.Text);
        foreach (var message in await messages.OfAsync(context, record.Id, ct))
            text.AppendLine().AppendLine($"{Local(message.SentAt)} {(message.Direction == MessageDirection.In ? "Från invånaren" : "Till invånaren")} ({message.Kind})").AppendLine(message.Text);
        foreach (var (title, template, data) in await FilledInAsync(record.Id, ct))
            text.AppendLine().AppendLine(title).AppendLine(Fill(template, data));

        await DatabaseRetry.RunAsync(() => AuditAsync(context, record, ct), ct);
        return new CasePrint(record.Id, record.CaseNumber, text.ToString(), context.Now, context.Actor.UserName ?? "", record.IsProtected ? "Skyddad identitet – hantera utskriften därefter" : null);

        void Line(string label, string? value)
        {
            if (!SoundText.IsBlank(value)) text.AppendLine($"{label}: {value}");
        }
    }

    private async Task AuditAsync(CommandContext context, CaseRecord record, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Utskrift", Actor = context.Actor, At = context.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id, After = "Papperskopia",
            Source = context.Source, Trial = record.Trial
        });
        ReadLog.Append(batch, context, record.Id, record.UnitId, "Utskrift av ärende");
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<(string Title, string Template, JsonObject Data)>> FilledInAsync(Guid caseId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT t.title, t.print, d.data::text FROM task t JOIN task_content d ON d.task_id = t.id
            WHERE t.case_id = $1 AND t.print IS NOT NULL AND t.state = 'Klar' ORDER BY t.completed_at
            """).With(caseId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var filled = new List<(string, string, JsonObject)>();
        while (await reader.ReadAsync(ct)) filled.Add((reader.GetString(0), reader.GetString(1), (JsonObject)JsonNode.Parse(reader.GetString(2))!));
        return filled;
    }

    internal static string Fill(string template, JsonObject data) =>
        Placeholder().Replace(template, m => data[m.Groups[1].Value]?.ToString() ?? m.Value);

    private static string Local(DateTimeOffset at) => SwedishTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
