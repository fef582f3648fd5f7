using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CaseWorkflows.Testing;

/// <summary>
/// Stands between a client and PostgreSQL and counts round trips on the wire: each time the client sends after the server has spoken.
/// Exact while one call at a time is made.
/// </summary>
public sealed class CountingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _server;
    private int _roundTrips;

    /// <param name="connectionString">Of the real server.</param>
    public CountingProxy(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        _server = target.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{target.Host}/.s.PGSQL.{target.Port}")
            : new DnsEndPoint(target.Host, target.Port);
        _listener.Start();
        target.Host = "127.0.0.1";
        target.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        target.SslMode = SslMode.Disable;
        ConnectionString = target.ConnectionString;
        _ = AcceptAsync();
    }

    /// <summary>Goes through the proxy.</summary>
    public string ConnectionString { get; }

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var c = client;
        using var s = _server is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        c.NoDelay = true;
        try
        {
            await s.ConnectAsync(_server, _stop.Token);
            var serverSpoke = 1;
            await Task.WhenAny(
                CopyAsync(c, s, () => _ = Interlocked.Exchange(ref serverSpoke, 0) == 1 ? Interlocked.Increment(ref _roundTrips) : 0),
                CopyAsync(s, c, () => Volatile.Write(ref serverSpoke, 1)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either side is gone: so is the other.
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Action seen)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
        {
            seen();
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
        }
    }
}
