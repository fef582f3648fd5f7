using CaseWorkflows.Web.Shell;

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
}
