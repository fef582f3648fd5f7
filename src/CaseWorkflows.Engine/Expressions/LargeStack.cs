using System.Runtime.ExceptionServices;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Runs something deeply recursive on a thread of its own: the parser and the engine recurse with the script, and a stack that overflows takes the host with it.</summary>
internal static class LargeStack
{
    private const int Bytes = 256 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
