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
            var path = Path.Combine(folder, FileOf(notice));
            // Several hosts may write to the same file.
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else MakePrivate(folder, path, options);
            using var file = new FileStream(path, options);
            file.Write([.. line, (byte)'\n']);
        }

        return Task.CompletedTask;
    }

    /// <summary>It holds what is written to residents. A folder from before is closed as well.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakePrivate(string folder, string path, FileStreamOptions options)
    {
        const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(folder, File | UnixFileMode.UserExecute);
        System.IO.File.SetUnixFileMode(folder, File | UnixFileMode.UserExecute);
        if (System.IO.File.Exists(path)) System.IO.File.SetUnixFileMode(path, File);
        options.UnixCreateMode = File;
    }

    private static string FileOf(NoticeMessage notice) => notice.Channel == NoticeChannel.Resident ? "meddelanden.jsonl" : "aviseringar.jsonl";
}
