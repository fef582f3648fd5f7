namespace CaseWorkflows.Browser.Studio;

/// <summary>A second host and browser, beside the first: editing every setting takes as long as all the rest.</summary>
[CollectionDefinition(Name)]
public sealed class StudioSettingsCollection : ICollectionFixture<StudioFixture>
{
    public const string Name = "Studio settings";
}
