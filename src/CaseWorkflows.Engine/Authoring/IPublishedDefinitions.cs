namespace CaseWorkflows.Engine.Authoring;

/// <summary>Which definitions can be started as children. A host puts it among a burst's ambient objects; without it every id is taken to exist.</summary>
public interface IPublishedDefinitions
{
    PublishedDefinition Find(string definitionId);
}
