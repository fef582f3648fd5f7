using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Reports;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Cases.Tests.Api;
using CaseWorkflows.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using static CaseWorkflows.Cases.Tests.Access.SlowRights;

namespace CaseWorkflows.Cases.Tests.Access;

/// <summary>
/// Arbitrary worlds on a real database: every way of reading and doing answers as <see cref="SlowRights"/> says, and shows text only to whom it
/// says. 200 worlds; ACCESS_WORLDS makes more, ACCESS_SEED makes others.
/// </summary>
public sealed class AccessProperties : IAsyncLifetime
{
    private const int AtOnce = 100;

    /// <summary>What every way has to have been answered at least once, in a run of 200 worlds: an answer that never comes is not tried.</summary>
    private static readonly (string Way, Answer[] Answers)[] Tried =
    [
        ("detail", [Answer.Missing, Answer.Refused, Answer.WithoutText, Answer.Allowed]), ("messages", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("notices", [Answer.Missing, Answer.Refused, Answer.WithoutText, Answer.Allowed]), ("history", [Answer.Missing, Answer.Refused, Answer.WithoutText, Answer.Allowed]),
        ("print", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("attachment", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("delivers", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("task", [Answer.Missing, Answer.Refused, Answer.WithoutText, Answer.Allowed]),
        ("task print", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("claims", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("comments", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("drafts", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("parks", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("assigns", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("completes", [Answer.Missing, Answer.Refused, Answer.Allowed]), ("releases", [Answer.Missing, Answer.Refused, Answer.Allowed]),
        ("report", [Answer.Missing, Answer.Refused, Answer.Allowed]),
    ];

    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Way, Answer Answer), int> _answers = new();
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private TestHost _host = null!;
    private WorldDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(new TestHostOptions { Now = ApiHost.Now });
        _database = new WorldDatabase(_host.Database.DataSource, Get<ReferenceStore>());
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task D14_D10_S8_every_way_of_reading_and_doing_is_as_the_texts_say()
    {
        var count = Number("ACCESS_WORLDS", 200);
        var random = new Random(Number("ACCESS_SEED", 20261127));
        for (var done = 0; done < count; done += AtOnce)
        {
            var worlds = Enumerable.Range(0, Math.Min(AtOnce, count - done))
                .Select(i => Worlds.Of($"w{i}x").Sample(1, new Rnd((ulong)random.NextInt64(), (ulong)random.NextInt64() | 1), 10).Single()).ToList();
            await _database.FillAsync(worlds);
            var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
            await Parallel.ForEachAsync(worlds, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (world, _) =>
            {
                var found = await new WorldTrial(this, world).RunAsync();
                if (found.Count > 0) faults.Enqueue($"{string.Join('\n', found)}\nin\n{world}");
            });
            faults.Should().BeEmpty($"{done + worlds.Count} worlds, first: {faults.FirstOrDefault()}");
        }

        if (count >= 200) _answers.Keys.Should().Contain(Tried.SelectMany(t => t.Answers.Select(a => (t.Way, a))));
    }

    [Fact]
    public async Task D_10_the_owner_of_a_protected_case_who_works_elsewhere_has_it_by_no_task_there()
    {
        var id = Guid.CreateVersion7();
        var world = new World
        {
            Id = "w0x",
            Units = [new WorldUnit("w0xa1", "w0xa", null, true), new WorldUnit("w0xa2", "w0xa", null, true)],
            People = [new WorldPerson("w0xp0", "person", null, [], [new WorldRole("t_mott", "w0xa2", null, null, null)]), new WorldPerson("w0xp1", "person", null, [], [new WorldRole("t_hant", "w0xa2", null, null, null)])],
            Cases = [new WorldCase(id, $"W0X-2026-000000-{id:N}", "w0xa", "w0xa1", "w0xa1", "w0xp0", "w0xa1", "1177 e-tjänster", true, false, null, false)],
            Tasks = [new WorldTask(Guid.CreateVersion7(), id, "w0xa", "w0xa2", "Tagen", "w0xp1", [], ["t_mott", "t_hant"], null, false, null, false, false, false)],
            Tries = [],
        };
        await _database.FillAsync([world]);
        (await new WorldTrial(this, world).RunAsync()).Should().BeEmpty();
        new SlowRights(world).Sees(world.People[0], world.Cases[0]).Should().Be(Answer.Refused);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private sealed class WorldTrial(AccessProperties test, World world)
    {
        private readonly SlowRights _right = new(world);
        private readonly List<string> _faults = [];
        private readonly CancellationToken _ct = CancellationToken.None;

        public async Task<IReadOnlyList<string>> RunAsync()
        {
            foreach (var person in world.People)
            {
                var call = test._database.Call(person);
                await CaseListsAsync(person, call);
                await TaskListsAsync(person, call);
                await ReportAsync(person, call);
            }

            foreach (var (person, way, target) in world.Tries) await TryAsync(world.People[person], way, target);
            return _faults;
        }

        private async Task CaseListsAsync(WorldPerson p, CommandContext call)
        {
            var reader = test.Get<CaseReader>();
            if (p.Kind == "integration")
            {
                // It reads what it brings one by one, and lists and searches nothing.
                foreach (var filter in new[] { new CaseQueryFilter { Limit = 200 }, new CaseQueryFilter { Q = world.Cases[0].Word, Limit = 200 } })
                    await FluentActions.Awaiting(() => reader.ListAsync(call, filter, _ct)).Should().ThrowAsync<ForbiddenException>();
                return;
            }

            var page = await reader.ListAsync(call, new CaseQueryFilter { Limit = 200 }, _ct);
            var seen = world.Cases.Where(c => !c.Trial && _right.Sees(p, c) is Answer.Allowed or Answer.WithoutText).ToList();
            Same($"{p.Id} cases", seen.Select(c => c.Id), page.Items.Select(i => i.Id));
            Same($"{p.Id} cases with text", seen.Where(c => _right.Sees(p, c) == Answer.Allowed).Select(c => c.Id), page.Items.Where(i => i.Subject is not null).Select(i => i.Id));

            var open = await reader.ListAsync(call, new CaseQueryFilter { Limit = 200, Open = true }, _ct);
            Same($"{p.Id} open cases", seen.Where(c => !c.Closed).Select(c => c.Id), open.Items.Select(i => i.Id));
            var asked = world.Cases[0];
            Same($"{p.Id} words", seen.Where(c => c == asked && _right.ReadsText(p, c) == Answer.Allowed).Select(c => c.Id),
                (await reader.ListAsync(call, new CaseQueryFilter { Q = asked.Word, Limit = 200 }, _ct)).Items.Select(i => i.Id));
            Same($"{p.Id} number", seen.Where(c => c == asked).Select(c => c.Id), (await reader.ListAsync(call, new CaseQueryFilter { Q = asked.Number, Limit = 200 }, _ct)).Items.Select(i => i.Id));
        }

        private async Task TaskListsAsync(WorldPerson p, CommandContext call)
        {
            var reader = test.Get<TaskReader>();
            IReadOnlyDictionary<string, int> counts = new Dictionary<string, int>();
            foreach (var view in new[] { null, "mine", "available", "unit", "cover", "all" })
            {
                var expected = world.Tasks.Where(t => _right.IsIn(view, p, t)).ToList();
                try
                {
                    var page = await reader.ListAsync(call, new TaskQuery { View = view, Limit = 200 }, _ct);
                    Same($"{p.Id} tasks {view}", expected.Select(t => t.Id), page.Items.Select(i => i.Id));
                    Same($"{p.Id} tasks {view} with subject", expected.Where(t => t.Case is not null && _right.Sees(p, t) == Answer.Allowed).Select(t => t.Id),
                        page.Items.Where(i => i.Subject is not null).Select(i => i.Id));
                    counts = page.Counts;
                }
                catch (ForbiddenException)
                {
                    if (view != "all" || expected.Count > 0) _faults.Add($"{p.Id} tasks {view}: refused");
                }
            }

            foreach (var (view, count) in counts)
                if (count != world.Tasks.Count(t => t.IsActive && _right.IsIn(view, p, t))) _faults.Add($"{p.Id} counts {count} {view}");
            if (world.Tasks.FirstOrDefault(t => t.Case is not null) is not { } task) return;
            var word = world.Cases.First(c => c.Id == task.Case).Word;
            Same($"{p.Id} task words", world.Tasks.Where(t => t.Case == task.Case && _right.IsIn("unit", p, t) && _right.FindsByWords(p, t)).Select(t => t.Id),
                (await reader.ListAsync(call, new TaskQuery { View = "unit", Q = word, Limit = 200 }, _ct)).Items.Select(i => i.Id));
            if (!p.Roles.Any(r => r.IsNow && r.Role == "t_rev")) return;
            Same($"{p.Id} auditor's task words", world.Tasks.Where(t => t.Case == task.Case && _right.IsIn("all", p, t) && _right.FindsByWords(p, t)).Select(t => t.Id),
                (await reader.ListAsync(call, new TaskQuery { View = "all", Q = word, Limit = 200 }, _ct)).Items.Select(i => i.Id));
        }

        private async Task ReportAsync(WorldPerson p, CommandContext call)
        {
            var today = DateOnly.FromDateTime(ApiHost.Now.Date);
            foreach (var unit in world.Units.Where(u => u.Operation is not null || u.Id.EndsWith("b1", StringComparison.Ordinal)))
            {
                var expected = !_right.HasRoleIn(p, unit.Region) ? Answer.Missing : _right.May(p, "statistics.read", unit.Id) ? Answer.Allowed : Answer.Refused;
                Compare("report", $"{p.Id} {unit.Id}", expected, await AnswerAsync(async () =>
                {
                    var rows = await FiguresAsync(unit.Id);
                    if (rows.Sum(r => r.Received) != world.Cases.Count(c => !c.Trial && c.Unit == unit.Id)) _faults.Add($"{p.Id} report {unit.Id}: wrong figures");
                    return rows;
                }));
            }

            async Task<IReadOnlyList<StatisticsRow>> FiguresAsync(string unit)
            {
                try
                {
                    return await test.Get<CaseStatistics>().ExecuteAsync(call, unit, today.AddDays(-5), today, _ct);
                }
                catch (ValidationFailedException unknown) when (unknown.Errors.ContainsKey("unit"))
                {
                    // Another region's unit is told as one that does not exist.
                    throw new NotFoundException();
                }
            }
        }

        private async Task TryAsync(WorldPerson p, int way, int target)
        {
            var call = test._database.Call(p);
            var c = world.Cases[target % world.Cases.Count];
            var t = world.Tasks[target % world.Tasks.Count];
            var id = c.Id.ToString();
            switch (way)
            {
                case 0: await ReadAsync("detail", c, _right.Sees(p, c), async () => await test.Get<CaseReader>().GetAsync(call, id, _ct)); break;
                case 1: await ReadAsync("messages", c, _right.ReadsText(p, c), async () => await test.Get<MessageReader>().OfCaseAsync(call, id, _ct)); break;
                case 2: await ReadAsync("notices", c, _right.SeesAsStaff(p, c), async () => await test.Get<NoticeReader>().OfCaseAsync(call, c.Number, _ct)); break;
                case 3: await ReadAsync("history", c, _right.SeesAsStaff(p, c), async () => await test.Get<HistoryReader>().OfCaseAsync(call, id, _ct)); break;
                case 4: await ReadAsync("print", c, _right.Prints(p, c), async () => await test.Get<PrintCase>().ExecuteAsync(call, id, _ct)); break;
                case 5: await ReadAsync("attachment", c, _right.OpensFile(p, c), async () => await test.Get<AttachmentReader>().GetAsync(call, id, c.Attachment, _ct)); break;
                case 6: Compare("delivers", $"{p.Id} {c.Number}", _right.Delivers(p, c), await AnswerAsync(async () => { await test.Get<ReceiveCaseEvent>().ExecuteAsync(call, id, "Prov", null, _ct); return ""; })); break;
                case 7: await ReadTaskAsync("task", _right.Sees(p, t), async () => await test.Get<TaskReader>().GetAsync(call, t.Id, _ct)); break;
                case 8: await ReadTaskAsync("task print", _right.WritesBeside(p, t), async () => await test.Get<PrintTask>().ExecuteAsync(call, t.Id, _ct)); break;
                case 9: await DoAsync("claims", _right.Does(p, t), () => test.Get<ClaimTask>().ExecuteAsync(call, t.Id, "Prov", _ct)); break;
                case 10: await DoAsync("comments", _right.WritesBeside(p, t), () => test.Get<CommentTask>().ExecuteAsync(call, t.Id, "Prov", _ct)); break;
                case 11: await DoAsync("drafts", _right.DoesUntaken(p, t), () => test.Get<SaveTaskDraft>().ExecuteAsync(call, t.Id, new JsonObject { ["svar"] = "Prov" }, _ct)); break;
                case 12: await DoAsync("parks", _right.Does(p, t), () => test.Get<ParkTask>().ExecuteAsync(call, t.Id, ApiHost.Now.AddDays(2), "Prov", _ct)); break;
                case 13: await DoAsync("assigns", _right.Distributes(p, t), () => test.Get<AssignTask>().ExecuteAsync(call, t.Id, world.People[0].Id, _ct)); break;
                case 14: await DoAsync("completes", _right.Does(p, t), () => test.Get<CompleteTask>().ExecuteAsync(call, t.Id, "Klar", new JsonObject { ["skäl"] = "Prov" }, null, _ct)); break;
                case 15: await DoAsync("releases", t.Assignee is null || !t.IsActive || t.State == "Låst" ? _right.Does(p, t) : _right.DoesUntaken(p, t), () => test.Get<ReleaseTask>().ExecuteAsync(call, t.Id, _ct)); break;
                case 16:
                    Same($"{p.Id} tasks of {c.Number}", world.Tasks.Where(x => x.Case == c.Id && _right.IsIn("case", p, x)).Select(x => x.Id),
                        (await test.Get<TaskReader>().ListAsync(call, new TaskQuery { Case = id, Limit = 200 }, _ct)).Items.Select(i => i.Id));
                    break;
            }

            async Task ReadAsync(string what, WorldCase of, Answer expected, Func<Task<object>> read)
            {
                var before = await test._database.ReadsAsync(p.Id);
                var answer = await AnswerAsync(read, of.Word);
                Compare(what, $"{p.Id} {of.Number}", expected, answer);
                var logged = await test._database.ReadsAsync(p.Id) > before;
                if (logged != (answer is Answer.Allowed or Answer.WithoutText && !of.Trial)) _faults.Add($"{p.Id} {what} {of.Number}: logged {logged}");
            }

            async Task ReadTaskAsync(string what, Answer expected, Func<Task<object>> read)
            {
                var before = await test._database.ReadsAsync(p.Id);
                var answer = await AnswerAsync(read, t.Word);
                Compare(what, $"{p.Id} {t.Id}", expected, answer);
                var logged = await test._database.ReadsAsync(p.Id) > before;
                if (logged != (answer is Answer.Allowed or Answer.WithoutText && t.Case is not null && !t.Trial)) _faults.Add($"{p.Id} {what} {t.Id}: logged {logged}");
            }

            async Task DoAsync(string what, Answer expected, Func<Task> act)
            {
                Compare(what, $"{p.Id} {t.Id}", expected, await AnswerAsync(async () => { await act(); return ""; }));
                await test._database.RestoreAsync(t);
            }
        }

        private static async Task<Answer> AnswerAsync(Func<Task<object>> act, string? text = null)
        {
            try
            {
                var answer = await act();
                return text is null || JsonSerializer.Serialize(answer, answer.GetType(), Json).Contains(text, StringComparison.Ordinal) ? Answer.Allowed : Answer.WithoutText;
            }
            catch (NotFoundException)
            {
                return Answer.Missing;
            }
            catch (ForbiddenException)
            {
                return Answer.Refused;
            }
            catch (DomainException)
            {
                // The state has moved on, or a field is missing: but it was allowed.
                return Answer.Allowed;
            }
        }

        private void Compare(string way, string whom, Answer expected, Answer found)
        {
            test._answers.AddOrUpdate((way, found), 1, (_, n) => n + 1);
            if (expected != found) _faults.Add($"{whom} {way}: {found}, should be {expected}");
        }

        private void Same(string what, IEnumerable<Guid> expected, IEnumerable<Guid> found)
        {
            var (should, does) = (expected.ToHashSet(), found.ToHashSet());
            if (!should.SetEquals(does)) _faults.Add($"{what}: too much [{string.Join(", ", does.Except(should))}], too little [{string.Join(", ", should.Except(does))}]");
        }
    }
}
