using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Loads the files of <c>workflows/reference</c> into an empty database: one file per kind, one document per entry.</summary>
public sealed class ReferenceSeeder(NpgsqlDataSource database)
{
    private static readonly (string File, string Kind)[] Files =
    [
        ("regions", ReferenceKinds.Region), ("units", ReferenceKinds.Unit), ("opening_hours", ReferenceKinds.OpeningHours),
        ("holiday_overrides", ReferenceKinds.HolidayOverride), ("roles", ReferenceKinds.Role), ("people", ReferenceKinds.Person),
        ("role_assignments", ReferenceKinds.RoleAssignment), ("case_types", ReferenceKinds.CaseType), ("routing", ReferenceKinds.Routing),
        ("phrases", ReferenceKinds.Phrase), ("routine_documents", ReferenceKinds.RoutineDocument), ("settings", ReferenceKinds.Setting),
        ("agreements", ReferenceKinds.Agreement)
    ];

    /// <param name="folder">The folder with the files.</param>
    /// <param name="demoPassword">Password of the demo users; null = the people of the files, their roles and accounts are left out.</param>
    /// <param name="at">Business time, for the change marks.</param>
    /// <returns>False when the database has reference data already.</returns>
    public async Task<bool> SeedAsync(string folder, string? demoPassword, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Hosts that start together seed once: the version row is the lock.
        await using (var command = new NpgsqlCommand("SELECT version FROM reference_version FOR UPDATE; SELECT EXISTS (SELECT 1 FROM reference)", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            if (reader.GetBoolean(0)) return false;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        var regions = new Dictionary<string, string>();
        foreach (var (file, kind) in Files)
        {
            if (demoPassword is null && kind is (ReferenceKinds.Person or ReferenceKinds.RoleAssignment)) continue;
            var path = Path.Combine(folder, file + ".json");
            if (!File.Exists(path)) continue;
            foreach (var document in (OutsideJson.Parse(await File.ReadAllBytesAsync(path, ct)) as JsonArray ?? []).OfType<JsonObject>())
            {
                var id = ReferenceIds.IdOf(kind, document);
                var region = document["region"]?.ToString() ?? (document["unit"]?.ToString() is { } unit ? regions.GetValueOrDefault(unit) : null);
                if (kind == ReferenceKinds.Unit) regions[id] = document["region"]!.ToString();
                var (from, to) = ReferenceIds.PeriodOf(kind, document);
                ReferenceWriter.Save(batch, kind, id, from, to, region, document, null, at);
                if (kind == ReferenceKinds.Person && document["userName"]?.ToString() is { } userName)
                    batch.Add("INSERT INTO account (person_id, user_name, password_hash, changed_at) VALUES ($1, $2, $3, $4)",
                        id, userName, DemoPassword.Hash(demoPassword!), at);
            }
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
