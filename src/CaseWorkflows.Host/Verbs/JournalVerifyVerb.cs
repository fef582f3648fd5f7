using CaseWorkflows.Host.Database;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Host.Verbs;

/// <summary>Verifies instances' journals with their daily anchors, and the histories of cases. Changes nothing.</summary>
internal sealed class JournalVerifyVerb : IVerb
{
    public string Words => "journal verify";

    public string Help => "verify that journals and histories are complete and unchanged; exit code 1 when not";

    public async Task<int> RunAsync(string[] args)
    {
        var settings = VerbSettings.Read(args);
        using var loggers = LoggerFactory.Create(b => b.AddConsole().SetMinimumLevel(LogLevel.Warning));
        await using var database = await DatabaseAccess.OpenAsync(settings, loggers, CancellationToken.None);
        return await VerifyAsync(database.Source, Console.Out);
    }

    public static async Task<int> VerifyAsync(NpgsqlDataSource database, TextWriter output)
    {
        var journal = await JournalVerification.OfAsync(database);
        foreach (var p in journal.Problems) await output.WriteLineAsync($"journal {p.StreamId} {p.Sequence}: {p.Message}");
        var histories = 0;
        await using (var command = database.CreateCommand("SELECT stream, seq FROM verify_history()"))
        {
            command.CommandTimeout = 0;
            await using var r = await command.ExecuteReaderAsync();
            while (await r.ReadAsync())
            {
                histories++;
                await output.WriteLineAsync($"history {r.GetString(0)} {r.GetInt64(1)}: the entry or one before it has been changed, or is missing.");
            }
        }

        await output.WriteLineAsync(
            $"journal: {journal.Streams} instances, {journal.Rows} rows, {journal.Entries} entries, {journal.Tombstones} tombstones, {journal.Anchors} daily anchors, {journal.Problems.Count} problems; histories: {histories} problems");
        return journal.Intact && histories == 0 ? 0 : 1;
    }
}
