using System.Net;

namespace CaseWorkflows.Host.Tests;

/// <summary>What a person's browser sends: cookies, page loads and forms, redirects not followed. Its cookie can be copied.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public Browser(Uri address, Browser? copyOf = null)
    {
        if (copyOf is not null) _cookies.Add(address, new Cookie("caseworkflows", copyOf._cookies.GetAllCookies()["caseworkflows"]!.Value));
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public static async Task<Browser> SignedInAsync(Uri address, string userName, string password = SignIn.Password)
    {
        var browser = new Browser(address);
        using var answer = await browser.PostAsync("/logga-in", ("userName", userName), ("password", password));
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        return browser;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        _client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>A body as it is, of whatever type.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string? type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await _client.PostAsync(path, content);
    }

    /// <summary>200 while the session lives; else the way to the sign-in page.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path = "/")
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();
}
