using CaseWorkflows.Cases.SignIn;

namespace CaseWorkflows.Web.Tests;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/uppgifter/1?x=y", true)]
    [InlineData("//annan.se", false)]
    [InlineData("/\\annan.se", false)]
    [InlineData("https://annan.se", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_paths_of_this_site_are_followed(string? url, bool local) => LocalUrl.IsLocal(url).Should().Be(local);

    [Theory]
    [InlineData("/studio/å", "/studio/%C3%A5")]
    [InlineData("/arenden?q=Åsa Öberg", "/arenden?q=%C3%85sa%20%C3%96berg")]
    [InlineData("/arenden?q=%C3%85sa&x=1#y", "/arenden?q=%C3%85sa&x=1#y")]
    [InlineData("/x\"y", "/x%22y")]
    [InlineData("/\ud83d\ude00", "/%F0%9F%98%80")]
    public void S_a_redirect_is_sent_in_ASCII(string url, string sent) => LocalUrl.Encoded(url).Should().Be(sent);

    // Half a pair does not travel in a test's data.
    [Fact]
    public void S_half_a_pair_in_a_redirect_is_sent_as_what_stands_for_it() => LocalUrl.Encoded("/" + '\ud83d').Should().Be("/%EF%BF%BD");

    [Fact]
    public void S_an_address_of_any_length_is_not_followed() => LocalUrl.IsLocal("/" + new string('x', 5000)).Should().BeFalse();
}
