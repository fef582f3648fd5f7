using CaseWorkflows.Runtime.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CaseWorkflows.Runtime;

/// <summary>Registers the runtime. Needs an <c>NpgsqlDataSource</c>, an <c>ActivityRegistry</c> and logging.</summary>
public static class WorkflowRuntimeServices
{
    public static IServiceCollection AddWorkflowRuntime(this IServiceCollection services, Action<WorkflowRuntimeOptions>? configure = null)
    {
        var options = new WorkflowRuntimeOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddWorkflowDefinitions();

        services.AddSingleton<BusinessClock>();
        services.AddSingleton<IBusinessClock>(s => s.GetRequiredService<BusinessClock>());
        services.AddSingleton<QueueWake>();
        services.AddSingleton<RunawayGuard>();
        services.AddSingleton<BurstParticipants>();
        services.AddSingleton<BurstRunner>();
        services.AddSingleton<EventSpreader>();
        services.AddSingleton<TriggerContexts>();
        services.AddSingleton<TriggerFailures>();
        services.AddSingleton<TriggerStarter>();
        services.AddSingleton<TriggerIndex>();
        services.AddSingleton<IPublicationListener>(s => s.GetRequiredService<TriggerIndex>());
        services.AddSingleton<ITriggerSchedule>(s => s.GetRequiredService<TriggerIndex>());
        services.AddSingleton<QueueFailures>();
        services.AddSingleton<QueueTries>();
        services.AddSingleton<ParkedItems>();
        services.AddSingleton<QueueWorker>();
        services.AddSingleton<Settler>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton<IWorkflowRuntime, WorkflowRuntime>();
        services.AddSingleton<IInstanceReader, InstanceReader>();
        services.AddSingleton<StepReader>();

        services.AddSingleton<OutsideLeases>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<OutboxRunner>();
        services.AddSingleton<RecurringRunner>();
        services.AddSingleton<OutsideWorker>();
        services.AddSingleton<ManualAdvance>();
        services.AddSingleton<IClockControl>(s => s.GetRequiredService<ManualAdvance>());

        services.AddSingleton<IJournalVerifier, JournalVerifier>();
        services.AddSingleton<IRecurringJob, JournalAnchorJob>();
        services.AddSingleton<IRecurringJob, ExpiredFamilies>();
        services.AddSingleton<RuntimeInitializer>();
        services.AddHostedService(s => s.GetRequiredService<RuntimeInitializer>());
        services.AddSingleton<HostSignals>();
        services.AddSingleton<IHostSignals>(s => s.GetRequiredService<HostSignals>());
        services.AddHostedService(s => s.GetRequiredService<HostSignals>());
        services.AddSingleton<PublishedDefinitions>();
        services.AddSingleton<QueuePump>();
        services.AddHostedService(s => s.GetRequiredService<QueuePump>());
        services.TryAddSingleton<Migrator>();
        return services;
    }

    /// <summary>Seeds the manual clock and the recurring jobs. For a host that needs business time before it starts; otherwise the start does it.</summary>
    public static Task InitializeWorkflowRuntimeAsync(this IServiceProvider services, CancellationToken ct = default) =>
        services.GetRequiredService<RuntimeInitializer>().InitializeAsync(ct);
}
