using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CaseWorkflows.Host.Telemetry;

/// <summary>Traces and metrics over OTLP, when the standard variable OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise nothing is gathered.</summary>
internal sealed class TelemetrySetup : IHostedService, IDisposable
{
    // ASP.NET Core and Npgsql measure themselves; their sources only have to be named.
    private static readonly string[] Sources = ["CaseWorkflows", "Microsoft.AspNetCore", "Npgsql"];
    private static readonly string[] Meters = ["CaseWorkflows", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) services.AddHostedService<TelemetrySetup>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("CaseWorkflows", serviceInstanceId: Environment.MachineName);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(2000);
        _metrics?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
