using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CaseWorkflows.Host.Tests.Authentication;

/// <summary>What callers whom nobody knows may send.</summary>
public sealed class AnonymousBodyTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("/api/auth/token", "application/json")]
    [InlineData("/logga-in", "application/x-www-form-urlencoded")]
    [InlineData("/logga-ut", "application/x-www-form-urlencoded")]
    [InlineData("/elsa/api/workflow-definitions/import", "application/json")]
    [InlineData("/elsa/api/workflow-definitions", "application/json")]
    public async Task S_11_who_is_not_signed_in_sends_little(string path, string type)
    {
        foreach (var (length, chunked) in new[] { (19 * 1024 * 1024, false), (17 * 1024, false), (17 * 1024, true) })
        {
            // A user name of that length, as a form and as JSON.
            var (head, tail) = type == "application/json" ? ("{\"password\":\"x\",\"userName\":\"", "\"}") : ("password=x&userName=", "");
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(head + new string('a', length) + tail));
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Host.Address, path)) { Content = content };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.TryAddWithoutValidation("Authorization", "ApiKey " + new string('x', 40));
            using var answer = await fixture.Host.Client.SendAsync(request);
            // Signing out (which leads to the sign-in page) and Studio's API may answer without reading what has no end announced.
            answer.StatusCode.Should().BeOneOf(chunked && path is not "/api/auth/token" and not "/logga-in"
                ? [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Unauthorized, HttpStatusCode.OK] : [HttpStatusCode.RequestEntityTooLarge]);
            if (!chunked) (await answer.Content.ReadAsStringAsync()).Should().Contain("högst 16 kB");
        }

        (await fixture.Host.Client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "userName=a")]
    [InlineData("multipart/form-data; boundary=x", "not a form")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded", "many")]
    [InlineData("application/x-www-form-urlencoded", "userName=%00&password=%00")]
    [InlineData("application/x-www-form-urlencoded", "userName=%ff%fe&password=%ed%a0%80&returnUrl=%00")]
    public async Task S_11_no_form_makes_the_sign_in_page_fail(string type, string body)
    {
        using var content = new StringContent(body == "many" ? string.Join('&', Enumerable.Repeat("a", 8000)) : body, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await fixture.Host.Client.PostAsync("/logga-in", content);
        ((int)answer.StatusCode).Should().BeOneOf(400, 401, 413, 429);
    }
}
