namespace CaseWorkflows.Engine.Authoring;

internal sealed class ActivityBinding
{
}
