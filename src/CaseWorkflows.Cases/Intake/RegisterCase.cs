using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Intake;

/// <summary>Takes in a case and starts the routine that reference data names for it, in one transaction.</summary>
public sealed class RegisterCase(NpgsqlDataSource database, IWorkflowRuntime runtime)
{
    /// <summary>Routing table that says which routine a case starts.</summary>
    public const string StartTable = "start";

    /// <summary>Setting with the id of the governing document, by unit or operation.</summary>
    public const string RoutineSetting = "rutindokument";

    /// <returns>The case's id and how it got there: the same channel and external id give the region's first case again.</returns>
    public async Task<(Guid Id, Registered How)> ExecuteAsync(CommandContext context, CaseRegistrationRequest request, CancellationToken ct)
    {
        var draft = new CaseRequestValidator(context).Validate(request);
        var externalId = ExternalIdOf(request);
        var digest = externalId is null ? null : IntakeDigest.Of(draft, request.Subject, request.Text);
        if (externalId is not null && await FindAsync(draft, request, externalId, digest!, ct) is { } first) return first;

        var record = await NewRecordAsync(context, draft, request, externalId, digest, ct);
        var route = RouteOf(context.Reference, record);
        record.OwnerRole = route?.Roles is [var role, ..] ? role : null;
        try
        {
            await StartAsync(context, draft, record, route?.Workflow, ct);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "cases_external" && externalId is not null)
        {
            return await FindAsync(draft, request, externalId, digest!, ct) ?? throw new InvalidOperationException("The first case with this external id is gone.");
        }

        return (record.Id, Registered.New);
    }

    /// <summary>The row of the routing table that says what the case starts and who receives it; null when the table has none for it.</summary>
    internal static RoutingRow? RouteOf(ReferenceView reference, CaseRecord record) => reference.Route(new RoutingQuery(
        StartTable, record.ResponsibleUnitId, record.CaseType, record.Team, record.Priority, record.Channel, DigitalPatient: record.Patient?.Digital));

    /// <summary>
    /// That no routine can be started is no fault of whoever sends the case, who can do nothing about it: the case is kept, and those who mend
    /// routines are told.
    /// </summary>
    private async Task StartAsync(CommandContext context, CaseDraft draft, CaseRecord record, string? workflow, CancellationToken ct)
    {
        var start = new StartWorkflow
        {
            DefinitionId = workflow ?? "",
            CorrelationId = record.Id.ToString(),
            CaseId = record.Id,
            Region = record.Region,
            Name = $"{draft.Type.Name} {record.CaseNumber}",
            Ambient = [context.Reference, context.Actor],
            AmbientOfTry = () => [new CaseScope(record.Copy(), context.Reference, context.Actor, context.Now, isNew: true)],
            Participants = [new CaseRegistration(record, draft, context)]
        };
        var why = $"{draft.Unit.Name} har ingen rutin för inkommande ärenden.";
        if (!SoundText.IsBlank(workflow))
        {
            try
            {
                await runtime.StartAsync(start, ct);
                return;
            }
            catch (DefinitionNotFoundException)
            {
                why = $"Rutinen {workflow} för {draft.Unit.Name} är inte publicerad.";
            }
            catch (DefinitionException error)
            {
                why = $"Rutinen {workflow} för {draft.Unit.Name} kan inte köras. {error.Message}";
            }
        }

        await runtime.ParkStartAsync(start, why, [new RoutineNotStarted { DefinitionId = workflow }], ct);
    }

    /// <summary>Begins the ids that the product's own form gives to what it registers.</summary>
    internal const string BrowserPrefix = "webb-";

    /// <summary>A sender's id would be taken for one of the form's.</summary>
    internal static bool IsOfBrowser(string? externalId) =>
        externalId is not null && SoundText.Of(externalId.Trim()).StartsWith(BrowserPrefix, StringComparison.Ordinal);

    private static string? ExternalIdOf(CaseRegistrationRequest request) =>
        !SoundText.IsBlank(request.ExternalId) ? SoundText.Of(request.ExternalId.Trim())
        : !SoundText.IsBlank(request.FormKey) ? SoundText.Of($"{BrowserPrefix}{request.FormKey.Trim()}")
        : null;

    private async Task<CaseRecord> NewRecordAsync(
        CommandContext context, CaseDraft draft, CaseRegistrationRequest request, string? externalId, byte[]? digest, CancellationToken ct)
    {
        var unit = draft.Unit;
        return new CaseRecord
        {
            Id = Guid.CreateVersion7(),
            CaseNumber = await NextNumberAsync(unit, SwedishTime.LocalDate(context.Now).Year, ct),
            Region = unit.Region,
            UnitId = unit.Id,
            ResponsibleUnitId = unit.Id,
            CaseType = draft.Type.Code,
            Alias = draft.Alias,
            Channel = draft.Channel,
            ExternalId = externalId,
            IntakeDigest = digest,
            ArrivedAt = draft.ArrivedAt,
            RegisteredAt = context.Now,
            Priority = draft.Priority,
            PriorityScale = draft.Priority is null ? null : context.Reference.Regions.GetValueOrDefault(unit.Region)?.PriorityScale,
            Team = draft.Team,
            OwnerUnit = unit.Id,
            Routine = RoutineOf(context, unit),
            Patient = draft.Patient,
            Sender = draft.Sender,
            Subject = request.Subject,
            Text = request.Text,
            Fields = draft.Fields
        };
    }

    private static CaseRoutine RoutineOf(CommandContext context, Unit unit) =>
        context.Reference.Setting<string>(RoutineSetting, unit.Id) is { } id && context.Reference.RoutineDocuments.TryGetValue(id, out var document)
            ? new CaseRoutine(document.DocumentId, document.Version, document.ValidityOn(SwedishTime.LocalDate(context.Now)))
            : new CaseRoutine(null, null, RoutineDocument.Unknown);

    private async Task<string> NextNumberAsync(Unit unit, int year, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO case_number (unit, year, last) VALUES ($1, $2, 1)
            ON CONFLICT (unit, year) DO UPDATE SET last = case_number.last + 1 RETURNING last
            """).With(unit.Id, year);
        var number = (int)(await command.ExecuteScalarAsync(ct))!;
        return $"{unit.NumberPrefix ?? unit.Id.ToUpperInvariant()}-{year}-{number:000000}";
    }

    // Cases from before the digest was kept are known by what the resident wrote.
    private async Task<(Guid Id, Registered How)?> FindAsync(
        CaseDraft draft, CaseRegistrationRequest request, string externalId, byte[] digest, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT c.id, coalesce(c.intake_digest = $4, k.body IS NOT DISTINCT FROM $5 AND k.subject IS NOT DISTINCT FROM $6)
            FROM cases c LEFT JOIN case_content k ON k.case_id = c.id
            WHERE c.region = $1 AND c.channel = $2 AND normalize(c.external_id) = $3 ORDER BY c.id LIMIT 1
            """).With(draft.Unit.Region, draft.Channel, externalId, Sql.Value(digest), Sql.Value(request.Text), Sql.Value(request.Subject));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), reader.GetBoolean(1) ? Registered.Again : Registered.OtherContents) : null;
    }
}
