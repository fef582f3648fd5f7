using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Where a call comes from, as sign-in counts it. What proxies say has been weighed by the host before.</summary>
public static class ClientAddress
{
    /// <summary>An IPv4 address, or the /64 network of an IPv6 address: a whole such network belongs to one subscriber.</summary>
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    internal static string Of(IPAddress? address)
    {
        if (address is null) return "-";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }
}
