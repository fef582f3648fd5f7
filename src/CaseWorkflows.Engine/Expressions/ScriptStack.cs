using System.Runtime.CompilerServices;
using Jint;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>
/// Stops a script that has used half of its thread's stack. The engine's own count of calls does not see recursion through
/// conversions (<c>valueOf</c>, <c>toString</c>) and getters, and its own guard leaves less room than a deep expression takes.
/// </summary>
internal sealed class ScriptStack : Constraint
{
    private long _start;

    public override void Reset() => _start = 0;

    public override unsafe void Check()
    {
        byte here;
        var address = (long)&here;
        if (_start == 0) _start = address;
        if (_start - address > ScriptThread.StackBytes / 2) throw new InsufficientExecutionStackException();
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }
}
