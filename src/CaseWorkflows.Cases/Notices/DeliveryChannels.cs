namespace CaseWorkflows.Cases.Notices;

/// <summary>Which channel delivers what. The first registered for it wins, so that a host can put a real gateway before the development one.</summary>
internal sealed class DeliveryChannels(IEnumerable<INoticeChannel> channels, CasesOptions? options = null)
{
    /// <summary>A link as it stands in what is sent: with the site's address, where that is known.</summary>
    public string Link(string path) => options?.SiteAddress + path;

    private readonly INoticeChannel[] _channels = [.. channels];

    public bool Has(string channel) => Find(channel) is not null;

    /// <exception cref="InvalidOperationException">Nothing delivers that channel.</exception>
    public Task DeliverAsync(NoticeMessage notice, CancellationToken ct) =>
        (Find(notice.Channel) ?? throw new InvalidOperationException($"Ingen kanal är inställd för {notice.Channel}.")).DeliverAsync(notice, ct);

    private INoticeChannel? Find(string channel) => Array.Find(_channels, c => c.Delivers(channel));
}
