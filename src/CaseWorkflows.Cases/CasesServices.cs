using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Reports;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Cases.Sweeps;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Cases;

/// <summary>Registers the domain. Needs an <see cref="Npgsql.NpgsqlDataSource"/> and the workflow runtime.</summary>
public static class CasesServices
{
    public static IServiceCollection AddCases(this IServiceCollection services, Action<CasesOptions>? configure = null)
    {
        var options = new CasesOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);

        services.AddDbContextFactory<CaseDbContext>((s, o) => o
            .UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .ConfigureWarnings(w => w.Log((RelationalEventId.CommandExecuted, LogLevel.Debug))));
        services.AddSingleton<ReferenceStore>();
        services.AddSingleton<ReferenceSeeder>();
        services.AddSingleton<CommandContexts>();
        services.AddSingleton(options.SignIn);
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<IUserDirectory>(s => s.GetRequiredService<UserDirectory>());
        services.AddSingleton(s => new Accounts(
            s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<IWorkflowRuntime>(), s.GetRequiredService<UserDirectory>(),
            s.GetRequiredService<SignInLimits>(), s.GetRequiredService<Sessions>(), options.SignIn, s.GetRequiredService<DeliveryChannels>(), s.GetRequiredService<CommandContexts>()));
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<OpenConnections>();
        services.AddHostedService(s => s.GetRequiredService<OpenConnections>());
        services.AddSingleton<IRecurringJob, ExpiredSessions>();

        services.AddSingleton<IBurstParticipant, CasesBurstModule>();
        services.AddSingleton<IAmbientProvider, ReferenceAmbient>();
        services.AddSingleton<IExpressionGlobals, CaseExpressionGlobals>();
        services.AddSingleton<IOutboxSender, NoticeSender>();
        services.AddSingleton<IOutboxSender, ResidentMessageSender>();
        services.TryAddSingleton<DeliveryChannels>();
        services.AddSingleton<INoticeChannel>(s => new FileNoticeChannel(options.NoticeFolder, s.GetRequiredService<ILogger<FileNoticeChannel>>()));

        services.AddSingleton<IQueryHandler, CaseQueryHandler>();
        services.AddSingleton<IQueryHandler, NoticeCaseHandler>();
        services.AddSingleton<IRecurringJob, ExpiredIdempotencyKeys>();
        services.AddSingleton<IdempotencyStore>();

        services.AddSingleton(s => new SaveReference(
            s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<IWorkflowRuntime>(), s.GetRequiredService<ReferenceStore>(),
            s.GetRequiredService<ITriggerSchedule>(), s.GetRequiredService<IHostSignals>(), s.GetRequiredService<DeliveryChannels>()));
        services.AddSingleton<CaseStatistics>();
        services.AddSingleton<MonitoringReport>();
        services.AddSingleton<RegisterCase>();
        services.AddSingleton(s => new ReceiveResidentMessage(
            s.GetRequiredService<CaseGate>(), s.GetRequiredService<IWorkflowRuntime>(), s.GetRequiredService<DeliveryChannels>(), s.GetRequiredService<IHostSignals>()));
        services.AddSingleton<ReceiveCaseEvent>();
        services.AddSingleton<MarkReplyRead>();
        services.AddSingleton<PrintCase>();
        services.AddSingleton<AttachmentReader>();
        services.AddSingleton<TrialCases>();
        services.AddSingleton<CaseStore>();
        services.AddSingleton<ProtectedCases>();
        services.AddSingleton<RunWays>();
        services.AddSingleton<CaseGate>();
        services.AddSingleton(s => new CaseReader(
            s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<IDbContextFactory<CaseDbContext>>(), s.GetRequiredService<CaseGate>(), s.GetRequiredService<StepReader>(), s.GetRequiredService<RunWays>()));
        services.AddSingleton(s => new MessageReader(s.GetRequiredService<IDbContextFactory<CaseDbContext>>(), s.GetRequiredService<CaseGate>(), s.GetRequiredService<ReadLog>()));
        services.AddSingleton(s => new NoticeReader(s.GetRequiredService<IDbContextFactory<CaseDbContext>>(), s.GetRequiredService<CaseGate>(), s.GetRequiredService<ReadLog>()));
        services.AddSingleton<UndeliveredReader>();
        services.AddSingleton<OutgoingMessages>();
        services.AddSingleton<ReportDelivery>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<ReadLogReader>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<RefusalLog>();

        services.AddSingleton<IncidentReader>();
        services.AddSingleton<RetryIncident>();
        services.AddSingleton<SkipIncident>();
        services.AddSingleton<CancelRun>();

        services.AddSingleton<TaskStore>();
        services.AddSingleton<TaskReader>();
        services.AddSingleton<MarkTaskOpened>();
        services.AddSingleton<ClaimTask>();
        services.AddSingleton<ReleaseTask>();
        services.AddSingleton<AssignTask>();
        services.AddSingleton<ParkTask>();
        services.AddSingleton<CommentTask>();
        services.AddSingleton<SaveTaskDraft>();
        services.AddSingleton<NextTask>();
        services.AddSingleton<CompleteTask>();
        services.AddSingleton<PrintTask>();
        return services;
    }
}
