using System.Runtime.ExceptionServices;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// Runs something on a thread of its own with a stack that is known to be large: the parser and the engine recurse with the script,
/// and a stack that overflows takes the host with it. The pages of the stack are given back with the thread.
/// </summary>
internal static class ScriptThread
{
    /// <summary>Address space; memory only as far as it is used.</summary>
    public const int StackBytes = 16 * 1024 * 1024;

    /// <param name="work">What to run.</param>
    /// <param name="limit">How long to wait; null for as long as it takes.</param>
    /// <param name="result">What the work gave.</param>
    /// <returns>False when it has not ended in time: it is left behind, and may touch nothing of the caller's any more.</returns>
    public static bool TryRun<T>(Func<T> work, TimeSpan? limit, out T? result)
    {
        T? made = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    made = work();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes) { IsBackground = true, Name = "script" };
        thread.Start();
        if (limit is { } time && !thread.Join(time))
        {
            result = default;
            return false;
        }

        thread.Join();
        failure?.Throw();
        result = made;
        return true;
    }
}
