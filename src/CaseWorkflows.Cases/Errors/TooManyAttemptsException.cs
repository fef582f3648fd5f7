using System.Globalization;

namespace CaseWorkflows.Cases.Errors;

/// <summary>429: too many tries from here. Says when the next may come.</summary>
public sealed class TooManyAttemptsException(TimeSpan retryAfter) : DomainException("För många försök. Vänta en stund och försök igen.")
{
    /// <summary>Whole seconds, for the header Retry-After.</summary>
    public string RetryAfter { get; } = Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
