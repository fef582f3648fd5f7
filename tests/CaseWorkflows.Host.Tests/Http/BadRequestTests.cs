using System.Net;
using System.Text;
using System.Text.Json;

namespace CaseWorkflows.Host.Tests.Http;

public sealed class BadRequestTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_body_of_50_MB_gets_a_sentence_and_the_host_goes_on()
    {
        using var body = new ByteArrayContent(new byte[50 * 1024 * 1024]);
        body.Headers.ContentType = new("application/json");
        using var answer = await fixture.Host.Client.PostAsync("/api/cases", body);
        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("detail").GetString().Should().Contain("högst 20 MB");
        (await fixture.Host.Client.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_not_signed_in_gets_401_from_the_API_and_the_sign_in_page_as_a_person()
    {
        using var api = await fixture.Host.Client.GetAsync("/api/tasks?view=mine");
        api.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        api.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");

        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/studio/workflows/definitions");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await client.SendAsync(request);
        page.StatusCode.Should().Be(HttpStatusCode.Redirect);
        page.Headers.Location!.OriginalString.Should().StartWith("/logga-in?returnUrl=");
    }
}
