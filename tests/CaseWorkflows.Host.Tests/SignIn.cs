using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CaseWorkflows.Host.Tests;

internal static class SignIn
{
    public const string Password = "demo";

    /// <summary>Somebody that the seeded reference data holds: administrators read everything.</summary>
    public const string Administrator = "admin";

    public static async Task<string> TokenAsync(HttpClient client, string userName = Administrator)
    {
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { userName, password = Password });
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("accessToken").GetString()!;
    }

    public static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }
}
