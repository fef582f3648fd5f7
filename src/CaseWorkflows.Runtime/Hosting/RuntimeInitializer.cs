using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Runtime;

/// <summary>Seeds the manual clock and the rows of recurring jobs. Runs when the host starts, after the migrations.</summary>
internal sealed class RuntimeInitializer : BackgroundService
{
    private readonly BusinessClock _clock;
    private readonly RecurringRunner _recurring;
    private readonly WorkflowRuntimeOptions _options;
    private readonly ILogger<RuntimeInitializer> _log;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RuntimeInitializer(BusinessClock clock, RecurringRunner recurring, WorkflowRuntimeOptions options, ILogger<RuntimeInitializer> log)
    {
        _clock = clock;
        _recurring = recurring;
        _options = options;
        _log = log;
    }

    public Task WaitAsync(CancellationToken ct) => _ready.Task.WaitAsync(ct);

    /// <summary>Once; later calls return at once.</summary>
    public async Task InitializeAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_ready.Task.IsCompleted) return;
            if (_clock.Mode == ClockMode.Manual) await _clock.SeedAsync(_options.ClockSeed?.ToUniversalTime() ?? BusinessClock.MachineNow, ct);
            if (_options.RunPump) await _recurring.EnsureAsync(ct);
            _ready.TrySetResult();
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await InitializeAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _log.LogWarning(e, "The runtime could not be initialised yet and tries again");
                await Task.Delay(500, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
