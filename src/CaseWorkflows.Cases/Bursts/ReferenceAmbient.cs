using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>Gives scheduled triggers the reference data that they follow: opening hours, units, settings.</summary>
internal sealed class ReferenceAmbient(ReferenceStore reference) : IAmbientProvider
{
    public async ValueTask AddAsync(ICollection<object> ambient, DateTimeOffset now, CancellationToken ct) =>
        ambient.Add((await reference.FreshAsync(ct)).At(now));
}
