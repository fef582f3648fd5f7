using CaseWorkflows.Host.Configuration;

namespace CaseWorkflows.Host.Verbs;

/// <summary>A verb reads the same settings from the same places as the host, without building one.</summary>
internal static class VerbSettings
{
    public static HostSettings Read(string[] args)
    {
        var builder = Builder(args);
        return HostSettings.Read(builder.Configuration, builder.Environment);
    }

    public static IConfiguration Configuration(string[] args) => Builder(args).Configuration;

    private static WebApplicationBuilder Builder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
}
