namespace CaseWorkflows.Engine.State;

internal static class StateFormat
{
    public static byte[] Write(WorkflowState s) => throw new NotImplementedException();

    public static WorkflowState Read(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();
}
