using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>One signed-in person at a terminal. Calls that got no answer are made again with the same key, as a browser would.</summary>
internal sealed class TortureClient(HttpClient http, string userName, string password, TortureLog log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private string? _token;

    public string UserName => userName;

    /// <returns>False when the person cannot sign in.</returns>
    public async Task<bool> SignInAsync(CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/auth/token", new JsonObject { ["userName"] = userName, ["password"] = password }, null, ct);
        _token = answer.Body?["accessToken"]?.GetValue<string>();
        return _token is not null;
    }

    public async Task<Answer> GetAsync(string path, CancellationToken ct) => await SendAsync(HttpMethod.Get, path, null, null, ct);

    /// <summary>With a new idempotency key that is kept over the tries.</summary>
    public async Task<Answer> PostAsync(string path, JsonObject body, CancellationToken ct) => await SendAsync(HttpMethod.Post, path, body, Guid.NewGuid().ToString("N"), ct);

    public async Task<Answer> PutAsync(string path, JsonObject body, CancellationToken ct) => await SendAsync(HttpMethod.Put, path, body, Guid.NewGuid().ToString("N"), ct);

    private async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body, string? key, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (_token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
                if (key is not null) request.Headers.Add("Idempotency-Key", key);
                if (body is not null) request.Content = JsonContent.Create(body);
                using var response = await http.SendAsync(request, ct);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    log.CountUnavailable();
                    if (response.Headers.RetryAfter is null) log.Faults.Enqueue($"{method} {path}: 503 without Retry-After");
                }
                else
                {
                    var text = await response.Content.ReadAsStringAsync(ct);
                    if ((int)response.StatusCode == 500) log.Faults.Enqueue($"{method} {path} by {userName}: 500 {text}");
                    return new Answer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), attempt);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
            {
                log.CountLost();
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <param name="Attempt">Above 1: earlier tries got no answer, and may have been carried out.</param>
    internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, int Attempt);
}
