using System.Text.Json;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Tests.Kit;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>
/// What stands in databases out there. A test that fails here says that rows already written would be read differently: make a new
/// format beside the old one instead of changing the expectation.
/// </summary>
public sealed class FormatTests
{
    private static readonly Guid Instance = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Queue_payloads()
    {
        QueuePayloads.Write(new QueuePayloads.Start("def", null, "v1", "korr", Instance, Values.ToJsonObject(new Dictionary<string, object?> { ["a"] = 1 }), "node", Instance, "bm", "namn"))
            .Should().Be("""{"definitionId":"def","versionId":"v1","correlationId":"korr","caseId":"01900000-0000-7000-8000-000000000001","input":{"a":1},"triggerNodeId":"node","parentId":"01900000-0000-7000-8000-000000000001","parentBookmarkId":"bm","name":"namn"}""");
        QueuePayloads.Write(new QueuePayloads.Resume(null, new QueuePayloads.Child(Instance, "Finished", "Finished", null), false))
            .Should().Be("""{"child":{"instanceId":"01900000-0000-7000-8000-000000000001","status":"Finished","subStatus":"Finished"},"event":false}""");
        QueuePayloads.Write(new QueuePayloads.Event("Händelse", "korr", null, Values.ToJson(new[] { "å" }), null, "VGR", true, false))
            .Should().Be("""{"name":"Händelse","correlationId":"korr","payload":["å"],"region":"VGR","startTriggers":true,"trial":false}""");
        QueuePayloads.Write(new QueuePayloads.Trigger("def", "v1", "node", "enhet", null))
            .Should().Be("""{"definitionId":"def","versionId":"v1","nodeId":"node","key":"enhet"}""");
        QueuePayloads.Write(new QueuePayloads.Job("node", "Test.Job", "key", null, new QueuePayloads.Retry(5, 10, 600, 60)))
            .Should().Be("""{"nodeId":"node","jobType":"Test.Job","idempotencyKey":"key","retry":{"maxAttempts":5,"firstDelaySeconds":10,"maxDelaySeconds":600,"timeLimitSeconds":60}}""");
        QueuePayloads.Write(new QueuePayloads.Outbox("sms", JsonSerializer.SerializeToElement(new { text = "hej" })))
            .Should().Be("""{"kind":"sms","data":{"text":"hej"}}""");
        QueuePayloads.Write(new QueuePayloads.Recurring("0 0 3 * * ?")).Should().Be("""{"cron":"0 0 3 * * ?"}""");
    }

    [Fact]
    public void Queue_kinds_and_statuses_are_numbers_in_the_database()
    {
        Enum.GetValues<QueueKind>().Select(k => $"{(short)k} {k}").Should().Equal(
            "1 Timer", "2 Resume", "3 Event", "4 Start", "5 Cancel", "6 Trigger", "7 Reschedule", "10 Job", "11 Outbox", "12 Recurring");
        Enum.GetValues<Engine.State.WorkflowStatus>().Select(k => $"{(short)k} {k}").Should().Equal("0 Running", "1 Finished");
        Enum.GetValues<Engine.State.WorkflowSubStatus>().Select(k => $"{(short)k} {k}").Should().Equal("0 Pending", "1 Executing", "2 Suspended", "3 Finished", "4 Cancelled", "5 Faulted");
    }

    [Fact]
    public void Event_bookmarks_are_found_by_this_hash() => EventHash.OfEvent("Provsvar").Should().Be(EventHash.Of("Event", "Provsvar")).And.Be(ProvsvarHash);

    [Fact]
    public void Strings_of_the_journal_keep_their_numbers()
    {
        JournalDictionary.Count.Should().Be(64, "a longer dictionary would shift the strings of every row written before; it needs a new format");
        JournalDictionary.Get(0).Should().Be("Started");
        JournalDictionary.Get(22).Should().Be("Elsa.SetVariable");
        JournalDictionary.Get(63).Should().Be("start");
    }

    [Fact]
    public void A_stored_journal_row_is_still_read()
    {
        var entries = JournalCodec.Decode(Instance, 5, Convert.FromHexString(StoredData), Convert.FromHexString(StoredPayload), false).ToList();

        entries.Select(e => $"{e.Sequence} {e.EventName} {e.NodeId} {e.ActivityType}").Should().Equal(
            "5 Started Workflow1 Elsa.Workflow", "6 Started Workflow1:flow Elsa.Flowchart", "7 Started Workflow1:flow:start Elsa.Start", "8 Completed Workflow1:flow:start Elsa.Start",
            "9 Started Workflow1:flow:event Elsa.Event", "10 Suspended Workflow1:flow:event Elsa.Event");
        entries[4].State!["EventName"]!.GetValue<string>().Should().Be("Gå");
        entries[4].ParentActivityInstanceId.Should().Be(entries[1].ActivityInstanceId);
        entries.Should().OnlyContain(e => e.At == At);
    }

    [Fact]
    public void What_is_written_now_is_read_back_the_same()
    {
        var entries = Entries();
        var (data, payload) = JournalCodec.Encode(entries);

        var back = JournalCodec.Decode(Instance, 0, data, payload, false).ToList();

        Convert.ToHexString(data).Should().Be(StoredData);
        Convert.ToHexString(payload!).Should().Be(StoredPayload);
        back.Should().HaveCount(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var (e, r) = (entries[i], back[i]);
            (r.Sequence, r.EventName, r.At, r.NodeId, r.ActivityId, r.ActivityType, r.ActivityTypeVersion, r.ActivityName, r.ActivityInstanceId, r.ParentActivityInstanceId, r.Message)
                .Should().Be((e.Sequence, e.EventName, e.At, e.NodeId, e.ActivityId, e.ActivityType, e.ActivityTypeVersion, e.ActivityName, e.ActivityInstanceId, e.ParentActivityInstanceId, e.Message));
            (r.State?.ToJsonString()).Should().Be(e.State is { Count: > 0 } s ? s.ToJsonString() : null);
        }
    }

    [Fact]
    public void The_chain_is_this_hash()
    {
        var first = JournalChain.Next([], Instance, 0, 2, At, [1, 2, 3], JournalChain.Digest([9], [8]));
        var second = JournalChain.Next(first, Instance, 2, 1, At, [], []);

        Convert.ToHexString(second).Should().Be(SecondHash);
    }

    private static IReadOnlyList<Engine.Journal.JournalEntry> Entries()
    {
        var json = Flow.Durable("format", "Gå");
        json["id"] = "v1";
        var graph = WorkflowGraph.Compile(WorkflowDefinition.FromJson(json), ActivityRegistry.CreateDefault());
        return Burst.Start(graph, new StartBurst(Instance), new BurstEnvironment { Now = At }).Journal;
    }

    private const long ProvsvarHash = 6563175388990698399;
    private const string SecondHash = "26B69917C97E0B0B05EDA181BB899AE9723B056DE00FEA09CFF2C79F07C323EC";
    private const string StoredData =
        "00010608DE90AF5DC42000020000080FCD4E990FEE5B5900000038001201000002000008F76905F69700EED00200020104666C6F770013010000020000084C2DE96CF50C579D0300034100150141000500030002000008CFC53E05F873964503000301056576656E74001701430003000400";
    private const string StoredPayload = "007B2234223A7B2273223A7B224576656E744E616D65223A2247C3A5227D7D7D";
}
