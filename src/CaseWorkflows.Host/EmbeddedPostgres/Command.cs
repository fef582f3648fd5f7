using System.Diagnostics;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>Runs a program to its end, with nothing of a shell between.</summary>
internal static class Command
{
    public sealed record Result(int ExitCode, string Output);

    public static async Task<Result> RunAsync(IReadOnlyList<string> commandLine, CancellationToken ct)
    {
        var start = new ProcessStartInfo(commandLine[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in commandLine.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";   // messages that can be searched, whatever the user's language
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new Result(127, e.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output + await error);
        }
    }
}
