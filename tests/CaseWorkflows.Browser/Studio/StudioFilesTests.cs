using System.Net;
using System.Net.Http.Headers;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Browser.Studio;

/// <summary>How the package and the pages are served: bytes, types, caching, security policy.</summary>
[Collection(StudioCollection.Name)]
public sealed class StudioFilesTests(StudioFixture studio)
{
    [Theory]
    [InlineData("_framework/dotnet.js", "text/javascript", "no-cache")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css", "text/css", "no-cache")]
    [InlineData("_content/MudBlazor/MudBlazor.min.css?v=3.8.2", "text/css", "immutable")]
    public async Task Files_have_their_type_and_caching(string file, string type, string caching)
    {
        using var response = await studio.Host.Client.GetAsync("/studio/" + file);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be(type);
        response.Headers.CacheControl!.ToString().Should().Contain(caching);
    }

    [Theory]
    [InlineData(".dat", "application/octet-stream")]
    [InlineData(".wasm", "application/wasm")]
    public async Task Fingerprinted_files_come_as_packed_by_the_package_and_may_be_kept_for_ever(string ending, string type)
    {
        var folder = Path.Combine(Assets.AssetFolders.Package("@elsa-workflows/elsa-studio-wasm"), "_framework");
        var name = Path.GetFileName(Directory.EnumerateFiles(folder, "*" + ending).First());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/studio/_framework/" + name);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        using var response = await studio.Host.Client.SendAsync(request);

        response.Content.Headers.ContentType!.MediaType.Should().Be(type);
        response.Content.Headers.ContentEncoding.Should().Equal("br");
        response.Headers.CacheControl!.ToString().Should().Contain("immutable");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(await File.ReadAllBytesAsync(Path.Combine(folder, name + ".br")));
    }

    [Theory]
    [InlineData("_framework/../package.json")]
    [InlineData("_framework/%2e%2e/package.json")]
    [InlineData("_content/nothing.js")]
    public async Task Nothing_else_of_the_disk_is_served(string path)
    {
        using var response = await studio.Host.Client.GetAsync("/studio/" + path);
        response.StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_allows_no_scripts_but_the_hosts_own()
    {
        await using var window = await studio.OpenAsync();
        var response = await window.Page.GotoAsync("/studio/workflows/definitions");
        var policy = response!.Headers["content-security-policy"];
        policy.Should().Contain("script-src 'self' 'wasm-unsafe-eval' 'sha256-").And.Contain("connect-src 'self'").And.NotContain("'unsafe-eval'");
        policy[policy.IndexOf("script-src", StringComparison.Ordinal)..policy.IndexOf("style-src", StringComparison.Ordinal)].Should().NotContain("unsafe-inline");
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_sign_in_page()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = studio.Host.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var response = await client.GetAsync("/studio/workflows/definitions");
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().Should().Contain("/logga-in?returnUrl=");
    }
}
