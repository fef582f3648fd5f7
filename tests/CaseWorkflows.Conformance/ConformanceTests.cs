using Xunit.Abstractions;

namespace CaseWorkflows.Conformance;

/// <summary>Every case of our own, and every case of the reference's where it lies beside the repository, in both flow modes.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_behaves_as_its_oracle_says()
    {
        var (passed, failed, skipped) = (0, new List<string>(), 0);
        foreach (var c in Folders().SelectMany(ConformanceCase.ReadAll))
        {
            if (ClosedList.Reason(c) is { } reason)
            {
                skipped++;
                Say($"SKIPPED {c.Id}: {reason}");
                continue;
            }

            foreach (var mode in c.Oracles.Count > 0 ? c.Oracles.Keys : ["counter"])
            {
                var differences = RunCase(c, mode);
                if (differences.Count == 0)
                {
                    passed++;
                    continue;
                }

                failed.Add($"{c.Id} ({mode})");
                foreach (var d in differences) Say($"FAILED {c.Id} ({mode}) {d}");
            }
        }

        Say($"CONFORMANCE passed={passed} failed={failed.Count} skipped={skipped}");
        failed.Should().BeEmpty();
        passed.Should().BePositive("a run of no cases proves nothing");
    }

    private static IReadOnlyList<string> RunCase(ConformanceCase c, string mode)
    {
        try
        {
            return CaseRunner.Run(c, mode);
        }
        catch (Exception e)
        {
            return [e.ToString()];
        }
    }

    private IEnumerable<string> Folders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "own");
        if (Environment.GetEnvironmentVariable("CONFORMANCE_DIR") is { Length: > 0 } named)
        {
            Directory.Exists(named).Should().BeTrue($"CONFORMANCE_DIR points at {named}");
            yield return named;
            yield break;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var shared = Path.Combine(at.FullName, "shared", "elsa", "conformance");
            if (!Directory.Exists(shared)) continue;
            yield return shared;
            yield break;
        }

        Say("NOT RUN: the reference's cases (../shared/elsa/conformance is not beside the repository)");
    }

    private void Say(string line) => output.WriteLine(line);
}
