using System.Text.Json;
using CaseWorkflows.Cases.Reference;
using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Writes each notice and each message to a resident as one line of a file instead of sending it: for development. Without a folder it delivers nothing.</summary>
internal sealed class FileNoticeChannel(string? folder, ILogger<FileNoticeChannel> log) : INoticeChannel
{
    private readonly Lock _writing = new();

    public bool Delivers(string channel) => folder is not null;

    public Task DeliverAsync(NoticeMessage notice, CancellationToken ct)
    {
        log.LogInformation("Notice {NoticeId} by {Channel} to {Recipient}", notice.NoticeId, notice.Channel, notice.Recipient);
        if (folder is null) throw new InvalidOperationException("Ingen mapp för aviseringar är inställd.");
        var line = JsonSerializer.SerializeToUtf8Bytes(notice, DomainJson.Options);
        lock (_writing)
        {
            Directory.CreateDirectory(folder);
            // Several hosts may write to the same file.
            using var file = new FileStream(Path.Combine(folder, FileOf(notice)), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write([.. line, (byte)'\n']);
        }

        return Task.CompletedTask;
    }

    private static string FileOf(NoticeMessage notice) => notice.Channel == NoticeChannel.Resident ? "meddelanden.jsonl" : "aviseringar.jsonl";
}
