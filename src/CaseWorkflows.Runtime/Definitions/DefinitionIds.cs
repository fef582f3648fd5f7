namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// What the id of a routine may be: it stands in addresses and in names of files, on every system. Ids that Elsa makes or people think of
/// are allowed; what means something there is not.
/// </summary>
public static class DefinitionIds
{
    public const int Longest = 120;

    private const string Meaning = "/\\?#%*:|\"<>";

    /// <summary>A sentence; null when the id is good.</summary>
    public static string? Problem(string id)
    {
        if (id.Length > Longest) return $"Rutinens id är längre än {Longest} tecken. Ge den ett kortare.";
        if (id.Any(c => char.IsControl(c) || char.IsSurrogate(c) || Meaning.Contains(c, StringComparison.Ordinal)) || id.Contains("..", StringComparison.Ordinal)
            || id.Trim() != id || id.StartsWith('.') || id.EndsWith('.'))
            return "Rutinens id får inte innehålla snedstreck, radbrytningar eller andra tecken med egen betydelse. Använd bokstäver, siffror, bindestreck och punkt.";
        return null;
    }
}
