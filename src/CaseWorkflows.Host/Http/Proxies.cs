using CaseWorkflows.Host.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// What proxies say of the call that they pass on. The client's address decides about sign-in limits, so it is believed from the proxies
/// of the configuration only; that the outer connection was https is also believed from a proxy on this machine.
/// </summary>
internal static class Proxies
{
    public static void UseProxies(this WebApplication app, HostSettings settings)
    {
        app.UseForwardedHeaders(Trusting(settings, ForwardedHeaders.XForwardedProto, loopback: true));
        if (settings.KnownProxies.Count > 0)
            app.UseForwardedHeaders(Trusting(settings, ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost, loopback: false));
    }

    private static ForwardedHeadersOptions Trusting(HostSettings settings, ForwardedHeaders headers, bool loopback)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = headers };
        if (!loopback)
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        }

        foreach (var network in settings.KnownProxies) options.KnownIPNetworks.Add(network);
        return options;
    }
}
