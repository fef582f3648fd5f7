using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Intake;

/// <summary>Made-up cases for trying a routine from the editor: seen by their starter only, in no list and no figure, nothing sent outside.</summary>
public sealed class TrialCases(NpgsqlDataSource database, ReferenceStore reference, IBusinessClock clock)
{
    /// <param name="region">Region of the routine.</param>
    /// <param name="definitionId">The routine that is tried: a unit that starts it is preferred.</param>
    /// <returns>The case's id.</returns>
    public async Task<Guid> CreateAsync(string region, Actor starter, string? definitionId = null, CancellationToken ct = default)
    {
        var now = await clock.NowAsync(ct);
        var record = MakeUp((await reference.FreshAsync(ct)).At(now), now, region, definitionId)
            ?? throw new InvalidOperationException($"No unit of {region} takes cases, so no routine of it can be tried.");
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        CaseSql.Insert(batch, record, now);
        batch.Add("UPDATE cases SET starter = $2 WHERE id = $1", record.Id, Sql.Value(starter.PersonId));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return record.Id;
    }

    /// <summary>The same for one step tried by itself: in memory, nothing is stored. Without a case where no unit of the region takes any.</summary>
    public async Task<CaseScope> ScopeAsync(string region, Actor starter, string? definitionId = null, CancellationToken ct = default)
    {
        var now = await clock.NowAsync(ct);
        var view = (await reference.FreshAsync(ct)).At(now);
        return new CaseScope(MakeUp(view, now, region, definitionId), view, starter, now) { Region = region, Trial = true };
    }

    private static CaseRecord? MakeUp(ReferenceView view, DateTimeOffset now, string region, string? definitionId)
    {
        var units = view.Units.Values.Where(u => (u.Region == region || !view.Regions.ContainsKey(region)) && u.CaseTypeOffers.Count > 0).OrderBy(u => u.Id, StringComparer.Ordinal).ToList();
        var unit = units.FirstOrDefault(u => view.Route(new Organisation.RoutingQuery(RegisterCase.StartTable, u.Id, u.CaseTypeOffers[0].Type))?.Workflow == definitionId) ?? units.FirstOrDefault();
        if (unit is null) return null;
        var id = Guid.CreateVersion7();
        return new CaseRecord
        {
            Id = id, CaseNumber = $"PROV-{id.ToString("N")[^12..].ToUpperInvariant()}", Region = unit.Region, UnitId = unit.Id, ResponsibleUnitId = unit.Id,
            CaseType = unit.CaseTypeOffers[0].Type, Channel = "Enhet", ArrivedAt = now, RegisteredAt = now, OwnerUnit = unit.Id, Trial = true,
            Patient = new CasePatient { Name = "Prov Provsson", BirthDate = new DateOnly(1980, 1, 1), Digital = true }, Sender = new CaseSender(),
            Subject = "Provkörning", Text = "Påhittat ärende för provkörning av en rutin."
        };
    }
}
