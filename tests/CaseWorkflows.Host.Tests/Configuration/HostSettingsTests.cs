using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CaseWorkflows.Host.Tests.Configuration;

public sealed class HostSettingsTests
{
    [Fact]
    public void Nothing_needs_to_be_set()
    {
        var settings = Read("Development");
        settings.ClockMode.Should().Be(ClockMode.System);
        settings.DemoPassword.Should().Be("demo");
        settings.ConnectionString.Should().BeNull();
        Path.IsPathRooted(settings.DataDirectory).Should().BeTrue();
    }

    [Theory]
    [InlineData("https://arenden.example.se/", "https://arenden.example.se")]
    [InlineData("https://arenden.example.se:8443/vard/", "https://arenden.example.se:8443/vard")]
    [InlineData("", null)]
    public void The_sites_address_is_kept_without_a_slash_at_its_end(string value, string? kept) => Read("Production", ("Site:Address", value)).SiteAddress.Should().Be(kept);

    [Fact]
    public void Production_has_no_demo_users() => Read("Production").DemoPassword.Should().BeNull();

    [Theory]
    [InlineData("Clock:Mode", "Manual", "real clock")]
    [InlineData("Demo:Password", "demo", "demo users")]
    [InlineData("Authentication:SigningKey", "change-me-change-me-change-me-change-me", "example")]
    [InlineData("Authentication:SigningKey", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "example")]
    public void Production_refuses(string key, string value, string because) => Refused("Production", (key, value)).Should().ContainSingle().Which.Should().Contain(because);

    [Theory]
    [InlineData("Staging")]
    [InlineData("Produktion")]
    public void Every_environment_but_Development_refuses_the_manual_clock(string environment) =>
        Refused(environment, ("Clock:Mode", "Manual")).Should().ContainSingle();

    [Theory]
    [InlineData("Clock:Mode", "Sometimes", "System or Manual")]
    [InlineData("Clock:Mode", "7", "System or Manual")]
    [InlineData("Proxies:Known", "10.0.0.5, proxy.example", "proxy.example")]
    [InlineData("Proxies:Known", "10.0.0.0/99", "10.0.0.0/99")]
    [InlineData("SignIn:ShortestPassword", "3", "8 to 64")]
    [InlineData("SignIn:WrongPasswordsPerMinute", "0", "1 to 10000")]
    [InlineData("Clock:Now", "yesterday", "an instant")]
    [InlineData("Authentication:SigningKey", "short", "32 bytes")]
    [InlineData("Authentication:TokenLifetime", "-1:00:00", "a time")]
    [InlineData("Limits:RequestBody", "lots", "bytes")]
    [InlineData("ConnectionStrings:CaseWorkflows", "nonsense", "not a PostgreSQL connection string")]
    [InlineData("ConnectionStrings:Migrations", "Host=db;Username=ägare", "needs ConnectionStrings:CaseWorkflows")]
    [InlineData("Keys:Encryption", "kort", "at least 32 bytes")]
    [InlineData("Keys:Earlier", "kort", "at least 32 bytes")]
    [InlineData("Site:Address", "arenden.example.se", "https://")]
    [InlineData("Site:Address", "ftp://arenden.example.se", "https://")]
    [InlineData("Site:Address", "/arenden", "https://")]
    [InlineData("Site:Address", "https://någon:lösen@arenden.example.se", "https://")]
    [InlineData("Site:Address", "https://arenden.example.se/?a=b", "https://")]
    [InlineData("Site:Address", "https://arenden.example.se/#a", "https://")]
    [InlineData("Workflows:Directory", "no-such-folder", "does not exist")]
    public void A_value_that_cannot_be_used_is_named(string key, string value, string expected) =>
        Refused("Development", (key, value)).Should().ContainSingle().Which.Should().Contain(key).And.Contain(expected);

    [Fact]
    public void All_problems_are_told_at_once() =>
        Refused("Production", ("Clock:Mode", "Manual"), ("Demo:Password", "x"), ("Limits:RequestBody", "lots")).Should().HaveCount(3);

    [Fact]
    public void A_time_without_a_manual_clock_is_a_mistake() => Refused("Development", ("Clock:Now", "2026-04-02T14:00:00+02:00")).Should().ContainSingle();

    private static HostSettings Read(string environment, params (string Key, string Value)[] values) =>
        HostSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build(),
            new HostingEnvironment { EnvironmentName = environment, ContentRootPath = AppContext.BaseDirectory });

    private static IReadOnlyList<string> Refused(string environment, params (string Key, string Value)[] values) =>
        FluentActions.Invoking(() => Read(environment, values)).Should().Throw<HostConfigurationException>().Which.Problems;
}
