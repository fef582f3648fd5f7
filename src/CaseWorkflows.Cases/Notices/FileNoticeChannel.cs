using System.Text.Json;
using CaseWorkflows.Cases.Reference;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Writes each notice as one line of a file instead of sending it: for development, and for hosts whose gateway is not configured yet.</summary>
internal sealed class FileNoticeChannel(string? folder, ILogger<FileNoticeChannel> log) : INoticeChannel
{
    private readonly Lock _writing = new();

    public bool Delivers(string channel) => true;

    public Task DeliverAsync(NoticeMessage notice, CancellationToken ct)
    {
        log.LogInformation("Notice {NoticeId} by {Channel} to {Recipient}", notice.NoticeId, notice.Channel, notice.Recipient);
        if (folder is null) return Task.CompletedTask;
        lock (_writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(Path.Combine(folder, "aviseringar.jsonl"), JsonSerializer.Serialize(notice, DomainJson.Options) + "\n");
        }

        return Task.CompletedTask;
    }
}
