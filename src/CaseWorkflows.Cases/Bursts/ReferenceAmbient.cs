using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>Gives scheduled triggers the reference data that they follow: opening hours, units, settings.</summary>
internal sealed class ReferenceAmbient(ReferenceStore reference) : IAmbientProvider
{
    public async ValueTask AddAsync(ICollection<object> ambient, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct) =>
        ambient.Add((await reference.FreshAsync(connection, ct)).At(now));
}
