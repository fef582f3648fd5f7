namespace CaseWorkflows.Runtime;

/// <summary>Gives triggers the objects they find by type (reference data, for example) when they are indexed or asked for their next time.</summary>
public interface IAmbientProvider
{
    ValueTask AddAsync(ICollection<object> ambient, DateTimeOffset now, CancellationToken ct);
}
