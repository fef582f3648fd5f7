using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Host.Demo;

/// <summary>
/// Fills an empty development database with cases at different stages, through the same commands that the API uses, so that a
/// newcomer has something to work with. The cases stand in <c>workflows/demo/cases.json</c>: how many hours ago each arrived,
/// the case as the API takes it, the tasks that somebody has already done, and the state it is in then (which a test holds).
/// </summary>
internal sealed class DemoCases(CommandContexts contexts, RegisterCase register, TaskReader tasks, CompleteTask complete, ILogger<DemoCases> log)
{
    private const string Registrar = "integration";

    /// <returns>How many cases were made.</returns>
    public async Task<int> MakeAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file)) return 0;
        var entries = JsonNode.Parse(await File.ReadAllTextAsync(file, ct))!.AsArray();
        var made = 0;
        foreach (var entry in entries)
        {
            try
            {
                await MakeAsync(entry!.AsObject(), ct);
                made++;
            }
            catch (DomainException e)
            {
                // Its routine may be one that was not published; the host is there to mend it.
                log.LogWarning("A demo case could not be made: {Reason}", e is ValidationFailedException v ? string.Join(' ', v.Errors.SelectMany(f => f.Value)) : e.Message);
            }
        }

        log.LogInformation("Made {Count} demo cases from {File}", made, file);
        return made;
    }

    private async Task MakeAsync(JsonObject entry, CancellationToken ct)
    {
        var context = await ContextAsync(Registrar, ct);
        var body = entry["case"]!.DeepClone().AsObject();
        body["arrivedAt"] = context.Now.AddHours(-entry["hoursAgo"]!.GetValue<double>()).ToString("O", CultureInfo.InvariantCulture);
        var (id, _) = await register.ExecuteAsync(context, CaseRegistrationRequest.FromJson(body), ct);
        foreach (var step in entry["steps"]!.AsArray())
        {
            var worker = await ContextAsync((string)step!["user"]!, ct);
            var open = await tasks.ListAsync(worker, new TaskQuery { Case = id.ToString() }, ct);
            var title = (string)step["task"]!;
            var task = open.Items.FirstOrDefault(t => t.Title == title) ?? throw new InvalidOperationException($"The demo case {body["subject"]} has no open task {title}.");
            await complete.ExecuteAsync(worker, task.Id, (string)step["outcome"]!, step["fields"]!.DeepClone().AsObject(), null, ct);
        }
    }

    private async Task<CommandContext> ContextAsync(string userName, CancellationToken ct) =>
        await contexts.ForPersonAsync(userName, ct: ct) ?? throw new InvalidOperationException($"There is no demo user {userName}.");
}
