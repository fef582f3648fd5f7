namespace CaseWorkflows.Cases.SignIn;

/// <summary>Settings of signing in. Times are machine time.</summary>
public sealed record SignInOptions
{
    /// <summary>Characters that a password has at least.</summary>
    public int ShortestPassword { get; set; } = 12;

    /// <summary>Wrong passwords that one address may give a minute, on one host, whatever accounts they are for.</summary>
    public int WrongPasswordsPerMinute { get; set; } = 30;

    /// <summary>How long a session lasts; a browser's is prolonged while it is used.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(10);

    /// <summary>Development: a right password is never answered with "too many", however many come from one machine.</summary>
    public bool SuccessIsNeverLimited { get; set; }
}
