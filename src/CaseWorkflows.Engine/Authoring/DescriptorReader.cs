namespace CaseWorkflows.Engine.Authoring;

internal static class DescriptorReader
{
    public static ActivityDescriptor Read(Type type) => throw new NotImplementedException();
}
