namespace CaseWorkflows.Browser.Studio;

/// <summary>One host and one browser for all tests of Studio: a host takes seconds to start, and Studio's runtime seconds more.</summary>
[CollectionDefinition(Name)]
public sealed class StudioCollection : ICollectionFixture<StudioFixture>
{
    public const string Name = "Studio";
}
