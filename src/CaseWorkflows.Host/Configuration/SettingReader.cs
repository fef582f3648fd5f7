namespace CaseWorkflows.Host.Configuration;

/// <summary>Reads settings and collects what is wrong with them, so that one start tells everything.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    public T Value<T>(string key, T fallback, Func<string, T?> parse, string expected) where T : struct => Optional(key, parse, expected) ?? fallback;

    public T? Optional<T>(string key, Func<string, T?> parse, string expected) where T : struct
    {
        if (configuration[key] is not { Length: > 0 } text) return null;
        var value = parse(text);
        if (value is null) Problem($"{key}: ”{text}” is not {expected}.");
        return value;
    }

    /// <param name="parse">Gives the text in the form that is kept; null = not a text of this kind.</param>
    public string? OptionalText(string key, Func<string, string?> parse, string expected)
    {
        if (configuration[key] is not { Length: > 0 } text) return null;
        var value = parse(text);
        if (value is null) Problem($"{key}: ”{text}” is not {expected}.");
        return value;
    }

    public void Problem(string text) => _problems.Add(text);

    public void ThrowIfAny()
    {
        if (_problems.Count > 0) throw new HostConfigurationException(_problems);
    }
}
