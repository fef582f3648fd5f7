using System.Threading.RateLimiting;
using CaseWorkflows.Cases.Errors;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// How much of this host anonymous callers may use: wrong passwords per address, and passwords that are stretched at the same time. A
/// password takes a good part of a second of a processor, so those who are signed in would otherwise wait for those who guess.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private const int MostWaiting = 16;
    private const int Segments = 6;
    private static readonly TimeSpan Segment = TimeSpan.FromMinutes(1) / Segments;
    private static readonly TimeSpan QueueFull = TimeSpan.FromSeconds(3);

    private readonly PartitionedRateLimiter<string> _failures;
    private readonly ConcurrencyLimiter _hashes;

    public SignInLimits(SignInOptions options)
    {
        _failures = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.WrongPasswordsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = Segments,
        }));
        _hashes = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = AtOnce,
            QueueLimit = options.SuccessIsNeverLimited ? int.MaxValue : MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Half of the processors, so that the other half serves those who are signed in.</summary>
    public static int AtOnce => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How long the address has to wait before it may be wrong again; null = it may.</summary>
    public TimeSpan? WaitOf(string address)
    {
        using var look = _failures.AttemptAcquire(address, 0);
        return look.IsAcquired ? null : look.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Segment;
    }

    public void CountFailure(string address) => _failures.AttemptAcquire(address).Dispose();

    /// <summary>Runs what stretches a password, when its turn has come.</summary>
    /// <exception cref="TooManyAttemptsException">Too many wait already.</exception>
    public async Task<T> StretchAsync<T>(Func<T> work, CancellationToken ct)
    {
        using var turn = await _hashes.AcquireAsync(1, ct);
        return turn.IsAcquired ? work() : throw new TooManyAttemptsException(QueueFull);
    }

    public void Dispose()
    {
        _failures.Dispose();
        _hashes.Dispose();
    }
}
