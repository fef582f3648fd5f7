namespace CaseWorkflows.Engine.Graph;

/// <summary>How flowcharts decide what runs next, unless the definition says.</summary>
public enum FlowMode
{
    Counter,
    Token,
}
