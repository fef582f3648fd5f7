using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>Tells open pages near a case that it has changed.</summary>
internal static class CaseSignal
{
    public static void Send(IHostSignals signals, CaseRecord? record)
    {
        if (record is null) return;
        var near = ChangeTopics.At(record.Units);
        signals.Send(ChangeTopics.Cases, near);
        signals.Send(ChangeTopics.Tasks, near);
    }
}
