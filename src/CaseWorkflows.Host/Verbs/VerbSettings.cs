using CaseWorkflows.Host.Configuration;

namespace CaseWorkflows.Host.Verbs;

/// <summary>A verb reads the same settings as the host, without building one.</summary>
internal static class VerbSettings
{
    public static HostSettings Read(string[] args)
    {
        var configuration = Configuration(args);
        return HostSettings.Read(configuration, new HostingEnvironmentOf(configuration));
    }

    public static IConfiguration Configuration(string[] args) => new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();

    private sealed class HostingEnvironmentOf(IConfiguration configuration) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = configuration["ASPNETCORE_ENVIRONMENT"] ?? configuration["DOTNET_ENVIRONMENT"] ?? Environments.Production;

        public string ApplicationName { get; set; } = "CaseWorkflows.Host";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
