namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>Runs only where the observed answers are at hand, and says so by name when they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ElsaFactAttribute : FactAttribute
{
    public ElsaFactAttribute()
    {
        if (ElsaReference.Folder is null) Skip = $"Not run: {ElsaReference.Absent}.";
    }
}
