using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Cases.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Cases.Tests.Tasks;

/// <summary>A draft of a task that nobody has is written by whoever has it open.</summary>
public sealed class TaskDraftTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string One = "onk1.mott.a";
    private const string Two = "onk1.mott.b";

    private static readonly DateTimeOffset Nothing = DateTimeOffset.MinValue;

    [Fact]
    public async Task F_11_what_a_colleague_has_kept_is_overwritten_by_nobody_who_has_not_seen_it()
    {
        var task = Guid.Parse(await host.TaskOf(await host.Case()));
        await Save(One, task, "ett", Nothing);
        await Save(One, task, "ett, mer", Nothing);
        (await Refused(Two, task, "två", Nothing)).Should()
            .Be(One + " skriver också på uppgiften. Det du har skrivit är inte sparat: kopiera texten innan du lämnar sidan.");
        await Refused(Two, task, "två", ApiHost.Now.AddSeconds(-1));
        (await Kept(task)).Should().Be((One, "ett, mer"));

        await Save(Two, task, "två", ApiHost.Now);
        await Save(Two, task, "två, mer", Nothing);
        await Refused(One, task, "ett", Nothing);
        (await Kept(task)).Should().Be((Two, "två, mer"));
    }

    [Fact]
    public async Task F_11_whoever_looks_at_no_page_is_refused_nothing_and_a_draft_that_was_thrown_away_refuses_nobody()
    {
        var task = Guid.Parse(await host.TaskOf(await host.Case()));
        await Save(One, task, "ett", Nothing);
        (await host.Post(Two, $"/tasks/{task}/draft", new { fields = new { svarstext = "genom anropet" } })).Should200();
        (await Kept(task)).Should().Be((Two, "genom anropet"));
        await Get<SaveTaskDraft>().DiscardAsync(await As(Two), task, default);
        await Save(One, task, "ett", Nothing);
        (await Kept(task)).Should().Be((One, "ett"));
    }

    [Fact]
    public async Task F_11_what_the_same_person_has_kept_on_another_page_since_is_not_overwritten()
    {
        var task = Guid.Parse(await host.TaskOf(await host.Case()));
        await Save(One, task, "ett", Nothing, "sida 1");
        await Save(One, task, "ett, mer", Nothing, "sida 1");
        (await Refused(One, task, "", Nothing, "sida 2")).Should().StartWith("Du har skrivit i uppgiften på en annan sida sedan den här öppnades.");
        (await Kept(task)).Should().Be((One, "ett, mer"));

        // Read anew it has seen the draft, and then the first page is the old one.
        await Save(One, task, "två", ApiHost.Now, "sida 2");
        await Refused(One, task, "ett, mest", Nothing, "sida 1");
        (await Kept(task)).Should().Be((One, "två"));
        await Get<SaveTaskDraft>().DiscardAsync(await As(One), task, default);
        await Save(One, task, "ett, mest", Nothing, "sida 1");
    }

    private async Task Save(string who, Guid task, string text, DateTimeOffset shown, string? page = null) =>
        await Get<SaveTaskDraft>().ExecuteAsync(
            await As(who), task, new JsonObject { ["svarstext"] = text }, default, "Besvara själv", new SeenDraft(shown, page));

    private async Task<string> Refused(string who, Guid task, string text, DateTimeOffset shown, string? page = null)
    {
        var save = () => Save(who, task, text, shown, page);
        var refused = (await save.Should().ThrowAsync<ConflictException>()).Which;
        refused.Type.Should().Be(ConflictTypes.DraftChanged);
        return refused.Message;
    }

    private async Task<(string By, string Text)> Kept(Guid task)
    {
        await using var command = host.Source.CreateCommand("SELECT draft_by, draft ->> 'svarstext' FROM task WHERE id = $1");
        command.Parameters.Add(new() { Value = task });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetString(1));
    }

    private async Task<CommandContext> As(string person) => (await Get<CommandContexts>().ForPersonAsync(person))!;

    private T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();
}
