using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Who read it? For auditors of the units whose cases were read; it shows no patient's data, so a protected identity hides nothing here.</summary>
public sealed class ReadLogReader(NpgsqlDataSource database)
{
    /// <param name="context">Who asks.</param>
    /// <param name="idOrNumber">Case id or number.</param>
    /// <param name="ofPatient">Readings of the patient's other cases as well.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<ReadPage> OfCaseAsync(CommandContext context, string idOrNumber, bool ofPatient, string? cursor, int limit, CancellationToken ct)
    {
        var byId = Guid.TryParse(idOrNumber, out var id);
        await using var command = database.CreateCommand($"""
            SELECT c.id, c.case_number, c.region, c.unit, c.responsible_unit,
                coalesce(patient_key(k.patient), (SELECT r.patients[1] FROM read_log r WHERE r.case_id = c.id AND r.patients <> '{"{}"}' LIMIT 1))
            FROM cases c LEFT JOIN case_content k ON k.case_id = c.id WHERE {(byId ? "c.id" : "c.case_number")} = $1
            """);
        command.Parameters.Add(byId ? Sql.Value((Guid?)id) : Sql.Value(idOrNumber));
        string number, unit, responsible;
        string? patient;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct) || !context.Actor.InRegion(reader.GetString(2))) throw new NotFoundException();
            (id, number, unit, responsible, patient) = (reader.GetGuid(0), reader.GetString(1), reader.GetString(3), reader.GetString(4), reader.Text(5));
        }

        if (!context.Actor.May(Permissions.AuditRead, unit) && !context.Actor.May(Permissions.AuditRead, responsible))
            throw new ForbiddenException("Visa vem som har läst", id, unit: unit);
        return ofPatient && patient is not null
            ? await ReadAsync(context, number, "(r.cases @> ARRAY[$4] OR r.patients @> ARRAY[$5])", cursor, limit, ct, id, patient)
            : await ReadAsync(context, number, "r.cases @> ARRAY[$4]", cursor, limit, ct, id);
    }

    /// <param name="context">Who asks.</param>
    /// <param name="person">Person id or user name; also of somebody who has left.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<ReadPage> OfPersonAsync(CommandContext context, string person, string? cursor, int limit, CancellationToken ct)
    {
        if (!context.Actor.MayAnywhere(Permissions.AuditRead)) throw new ForbiddenException("Visa vad någon har läst");
        var known = context.Reference.FindPerson(person);
        // Of another region's staff not even that they exist.
        if (known is null || !AdministrationScope.MaySee(context, known)) throw new NotFoundException();
        return ReadAsync(context, known.DisplayName, "r.person = $4", cursor, limit, ct, known.Id);
    }

    private async Task<ReadPage> ReadAsync(CommandContext context, string of, string which, string? cursor, int limit, CancellationToken ct, params object[] values)
    {
        Guid? after = string.IsNullOrEmpty(cursor) ? null : Guid.TryParseExact(cursor, "N", out var place) ? place : throw new ValidationFailedException("cursor", "Markören hör inte till den här listan.");
        limit = Math.Clamp(limit, 1, 200);
        await using var command = database.CreateCommand($"""
            SELECT r.id, r.at, r.person, r.role, r.role_unit, r.capacity, r.what, r.source, s.ids, s.numbers, s.units
            FROM read_log r CROSS JOIN LATERAL (
                SELECT array_agg(c.id ORDER BY c.case_number) AS ids, array_agg(c.case_number ORDER BY c.case_number) AS numbers, array_agg(c.unit ORDER BY c.case_number) AS units
                FROM cases c WHERE c.id = ANY (r.cases) AND (c.unit = ANY ($1) OR c.responsible_unit = ANY ($1))) s
            WHERE s.ids IS NOT NULL AND {which} AND ($2::uuid IS NULL OR (r.at, r.id) < (SELECT p.at, p.id FROM read_log p WHERE p.id = $2))
            ORDER BY r.at DESC, r.id DESC LIMIT $3
            """).With([Sql.Value(context.Actor.UnitsWith(Permissions.AuditRead)), Sql.Value(after), limit + 1, .. values]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<ReadItem>();
        while (await reader.ReadAsync(ct)) items.Add(Item(context, reader));
        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        return new ReadPage(of, items, more ? items[^1].Id.ToString("N") : null);
    }

    private static ReadItem Item(CommandContext context, NpgsqlDataReader reader)
    {
        var reference = context.Reference;
        var (ids, numbers, units) = (reader.GetFieldValue<Guid[]>(8), reader.GetFieldValue<string[]>(9), reader.GetFieldValue<string[]>(10));
        var person = reader.GetString(2);
        return new ReadItem(
            reader.GetGuid(0), reader.Instant(1)!.Value, person, reference.FindPerson(person)?.DisplayName ?? person,
            reader.Text(3) is { } role ? reference.RoleLabel(role) : null, reader.Text(4) is { } unit ? reference.UnitName(unit) : null, reader.Text(5), reader.GetString(6), reader.GetString(7),
            [.. ids.Select((id, i) => new ReadCase(id, numbers[i], reference.UnitName(units[i])))]);
    }
}
