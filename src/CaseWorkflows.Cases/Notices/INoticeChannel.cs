namespace CaseWorkflows.Cases.Notices;

/// <summary>Delivers notices of some channels to the outside. An exception is a failed try and leads to another.</summary>
public interface INoticeChannel
{
    bool Delivers(string channel);

    /// <summary>May be called more than once for one notice: its id is the same each time.</summary>
    Task DeliverAsync(NoticeMessage notice, CancellationToken ct);
}
