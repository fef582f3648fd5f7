using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Tests.Definitions;
using CaseWorkflows.StudioApi.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Tests.Api;

/// <summary>What the API does not do, whoever asks.</summary>
public sealed class GuardTests(StudioApiHost host) : IClassFixture<StudioApiHost>
{
    private const string Secret = "Hemligt i Östergötland";

    [Fact]
    public async Task S_10_no_route_tells_or_changes_anything_of_another_region()
    {
        await SaveAsync("RÖ", Named("ro-hemlig", Secret), publish: true);
        var version = (await StoredAsync("ro-hemlig")).Version.Id;
        var run = await Runtime.StartAsync(new StartWorkflow { DefinitionId = "ro-hemlig", Region = "RÖ", Trial = true, Name = Secret });
        var bookmark = (await host.Services.GetRequiredService<IInstanceReader>().FindAsync(run.InstanceId))!.State.Bookmarks.Single().ActivityInstanceId;
        var execution = $"{run.InstanceId:N}-{bookmark}";
        var vera = host.As("vgr");
        var walked = 0;
        foreach (var (method, pattern) in Routes())
        {
            foreach (var id in new[] { "ro-hemlig", version, run.InstanceId.ToString(), execution })
            {
                var path = Fill(pattern, id);
                var query = $"?definitionId=x-{id}&definitionIds={id}&ids={id}&workflowInstanceId={run.InstanceId}&id={id}&parentNodeId=Workflow1:flow&childNodeId=Workflow1:flow:vanta&versionOptions=Latest&includeConsumingWorkflows=true&searchTerm=Hemligt";
                var body = new JsonObject
                {
                    ["ids"] = new JsonArray(id), ["definitionIds"] = new JsonArray("ro-hemlig"), ["workflowInstanceId"] = run.InstanceId.ToString(), ["correlationId"] = id,
                    ["model"] = Named("ro-hemlig", "Övertagen"), ["publish"] = true, ["definitionId"] = "ro-hemlig", ["reason"] = "prov", ["root"] = Named("x", "x")["root"]!.DeepClone(),
                    ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = version }, ["activityHandle"] = new JsonObject { ["activityId"] = "vanta" },
                    ["result"] = "svar",
                };
                var answer = await vera.SendAsync(method, path + query, method is "GET" or "HEAD" ? null : body);
                ((int)answer.Status).Should().BeLessThan(500, $"{method} {path}: {answer.Text}");
                answer.Text.Should().NotContain(Secret, $"{method} {path}");
                walked++;
            }
        }

        walked.Should().BeGreaterThan(150);
        var after = await StoredAsync("ro-hemlig");
        after.Version.Should().BeEquivalentTo(new { Id = version, Name = Secret, IsPublished = true, Region = "RÖ" });
        (await host.Services.GetRequiredService<IInstanceReader>().FindAsync(run.InstanceId))!.Summary.Status.Should().Be(Engine.State.WorkflowStatus.Running);
    }

    [Fact]
    public async Task S_10_a_name_is_taken_only_where_one_can_see_it()
    {
        await SaveAsync("RÖ", Named("ro-namn", "Namnet som RÖ har"));
        await SaveAsync("VGR", Named("vgr-namn", "Namnet som VGR har"));
        (await UniqueAsync("vgr", "Namnet som RÖ har")).Should().BeTrue();
        (await UniqueAsync("vgr", "Namnet som VGR har")).Should().BeFalse();
        (await UniqueAsync("anna", "Namnet som RÖ har")).Should().BeFalse();

        async Task<bool> UniqueAsync(string user, string name) =>
            (await host.As(user).GetAsync($"workflow-definitions/validation/is-name-unique?name={Uri.EscapeDataString(name)}")).Json["isUnique"]!.GetValue<bool>();
    }

    [Fact]
    public async Task S_10_a_part_of_a_draft_that_is_another_regions_routine_is_not_shown_and_cannot_be_published()
    {
        var part = Named("ro-del", Secret);
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        await SaveAsync("RÖ", part, publish: true);
        var version = (await StoredAsync("ro-del")).Version.Id;
        var step = Routines.Step("delen", GraphCache.TypeNameOf(Secret));
        step["workflowDefinitionId"] = "ro-del";
        step["workflowDefinitionVersionId"] = version;
        await SaveAsync("VGR", Routines.Of("vgr-tjuv", "Tjuv", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "delen")]));
        var thief = (await StoredAsync("vgr-tjuv")).Version.Id;
        await host.As("anna").PostAsync("actions/workflow-definitions/reload");
        var vera = host.As("vgr");
        foreach (var path in new[] { $"workflow-definitions/subgraph/{thief}", $"workflow-definitions/subgraph/segments/{thief}?childNodeId=Workflow1:flow:delen" })
            (await vera.GetAsync(path)).Status.Should().Be(HttpStatusCode.NotFound, path);
        var refused = await vera.PostAsync("workflow-definitions/vgr-tjuv/publish");
        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Text.Should().NotContain(Secret);
        (await vera.GetAsync("descriptors/activities")).Text.Should().NotContain(Secret).And.NotContain("ro-del");
        (await host.As("anna").GetAsync("descriptors/activities")).Text.Should().Contain(Secret);

        var starts = Routines.Step("starta", "Elsa.DispatchWorkflow").Named("Starta");
        starts["workflowDefinitionId"] = Routines.Literal("ro-del");
        await SaveAsync("VGR", Routines.Of("vgr-start", "Start", [Routines.Step("start", "Elsa.Start"), starts], [Routines.Arrow("start", "Done", "starta")]));
        (await vera.PostAsync("workflow-definitions/vgr-start/publish")).Errors.Should().Contain(e => e.Contains("’ro-del’") && e.Contains("inte finns eller inte är publicerad"));
    }

    [Fact]
    public async Task F_10_a_part_inside_itself_and_one_without_end_are_answered()
    {
        await SaveAsync("VGR", Named("rund", "Rund"));
        var self = (await StoredAsync("rund")).Version.Id;
        var step = Routines.Step("igen", "Rund");
        step["workflowDefinitionId"] = "rund";
        step["workflowDefinitionVersionId"] = self;
        await SaveAsync("VGR", Routines.Of("rund", "Rund", [Routines.Step("start", "Elsa.Start"), step, (JsonObject)step.DeepClone()], []));
        var answer = await host.As("vgr").GetAsync($"workflow-definitions/subgraph/{self}");
        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Bytes.Length.Should().BeLessThan(100_000);
    }

    [Fact]
    public async Task A_get_starts_nothing()
    {
        await SaveAsync("VGR", Named("get-1", "Get"), publish: true);
        (await host.As("utvecklare").GetAsync("workflow-definitions/get-1/execute")).Status.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await CountAsync("get-1")).Should().Be(0);
        // Every GET may be called by another site; this is what they are.
        Routes().Where(r => r.Method == "GET").Select(r => r.Pattern).Where(p => System.Text.RegularExpressions.Regex.IsMatch(p, "execute|dispatch|cancel|trigger|complete|publish$|retract$|revert|restore|refresh|reload"))
            .Should().BeEmpty();
    }

    [Fact]
    public async Task F_10_two_hundred_and_fifty_are_refused_before_one_is_started()
    {
        await SaveAsync("VGR", Named("manga", "Många"), publish: true);
        foreach (var count in new JsonNode?[] { 250, 101, 0, -1, "två" })
        {
            var answer = await host.As("automatik").PostAsync("workflow-definitions/manga/bulk-dispatch", new JsonObject { ["count"] = count?.DeepClone() });
            answer.Status.Should().Be(HttpStatusCode.BadRequest, $"{count}");
            answer.Json["errors"]!["count"].Should().NotBeNull();
        }

        (await CountAsync("manga")).Should().Be(0);
        (await host.As("automatik").PostAsync("workflow-definitions/manga/bulk-dispatch", new JsonObject { ["count"] = 3 })).Json["workflowInstanceIds"]!.AsArray().Should().HaveCount(3);
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("rad\nbrytning")]
    [InlineData("noll\u0000a")]
    [InlineData("C:disk")]
    [InlineData("..")]
    [InlineData(" blank ")]
    public async Task F_10_an_id_that_leads_somewhere_is_refused_at_save_and_import(string id)
    {
        var client = host.As("anna");
        foreach (var answer in new[]
                 {
                     await client.SaveAsync(Named(id, "Namn")), await client.PostAsync("workflow-definitions/import", Named(id, "Namn")),
                     await client.SendAsync("PUT", $"workflow-definitions/{Uri.EscapeDataString(id.Replace('\0', '\u0001'))}/import", Named("x", "Namn")),
                 })
        {
            ((int)answer.Status).Should().BeOneOf(400, 404);
            if (answer.Status == HttpStatusCode.BadRequest && answer.Text.Length > 0 && answer.Headers.GetValueOrDefault("Content-Type")?.Contains("json") == true) answer.Errors.Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task F_10_an_overlong_id_is_refused_and_an_old_one_makes_a_safe_name_in_the_zip()
    {
        (await host.As("anna").SaveAsync(Named(new string('a', 121), "Lång"))).Status.Should().Be(HttpStatusCode.BadRequest);
        await SaveAsync("VGR", Named("zip-a", "Zip/../A"));
        await using (var old = host.Database.DataSource.CreateCommand("update workflow_definition_version set id = '../../etc/x' where definition_id = 'zip-a'")) await old.ExecuteNonQueryAsync();
        var zip = await host.As("anna").PostAsync("bulk-actions/export/workflow-definitions", new JsonObject { ["ids"] = new JsonArray("../../etc/x") });
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip.Bytes));
        archive.Entries.Select(e => e.FullName).Should().OnlyContain(n => !n.Contains('/') && !n.Contains('\\')).And.NotBeEmpty();
    }

    [Fact]
    public async Task F_10_an_id_that_is_a_word_of_an_address_is_as_any_other_or_refused()
    {
        var words = Routes().Where(r => r.Pattern.Contains("workflow-definition", StringComparison.Ordinal))
            .SelectMany(r => r.Pattern.Split('/')).Where(part => part.Length > 0 && !part.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        words.Should().Contain(["publish", "many-by-id", "by-id", "versions", "import", "export", "subgraph"]);
        var client = host.As("anna");
        var taken = 0;
        foreach (var word in words.Append("MANY-BY-ID").Append("Publish"))
        {
            var saved = await client.SaveAsync(Named(word, $"Rutinen {word}"));
            if (saved.Status == HttpStatusCode.BadRequest)
            {
                saved.Errors.Single().Should().Contain($"’{word}’").And.Contain("adresser");
                (await client.PostAsync("workflow-definitions/import", Named(word, "Namn"))).Status.Should().Be(HttpStatusCode.BadRequest, word);
                continue;
            }

            saved.Status.Should().Be(HttpStatusCode.OK, $"{word}: {saved.Text}");
            taken++;
            foreach (var address in new[] { $"by-definition-id/{word}", word }) (await client.GetAsync($"workflow-definitions/{address}")).Json["name"]!.GetValue<string>().Should().Be($"Rutinen {word}", address);
            (await client.SaveAsync(Named(word, $"Rutinen {word} igen"))).Status.Should().Be(HttpStatusCode.OK, word);
            (await client.GetAsync($"workflow-definitions/{word}/versions")).Node.AsArray().Should().ContainSingle(word);
            foreach (var below in new[] { "history", "saves" }) (await client.GetAsync($"workflow-definitions/{word}/{below}")).Json["items"].Should().NotBeNull($"{word}/{below}");
            (await client.SendAsync("DELETE", $"workflow-definitions/{word}")).Status.Should().Be(HttpStatusCode.NoContent, word);
            (await client.GetAsync($"workflow-definitions/by-definition-id/{word}")).Status.Should().Be(HttpStatusCode.NotFound, word);
        }

        taken.Should().BeGreaterThan(10);
    }

    [Fact]
    public async Task F_10_no_routine_is_the_systems_own_and_a_lock_is_for_developers()
    {
        foreach (var way in new[] { "editor", "fil" })
        {
            var client = host.As("anna");
            var model = Named($"system-{way}", $"Systemets {way}");
            model["isSystem"] = true;
            model["isReadonly"] = true;
            (way == "fil" ? await client.PostAsync("workflow-definitions/import", model) : await client.SaveAsync(model)).Status.Should().Be(HttpStatusCode.OK, way);
            (await StoredAsync($"system-{way}")).Version.Should().BeEquivalentTo(new { IsSystem = false, IsReadonly = false }, way);
            var listed = (await client.GetAsync("workflow-definitions?versionOptions=Latest&isSystem=false")).Json["items"]!.AsArray();
            listed.Should().Contain(i => (string?)i!["definitionId"] == $"system-{way}", way);
            (await client.OpenAsync($"system-{way}"))["name"]!.GetValue<string>().Should().Be($"Systemets {way}");
            (await client.SaveAsync(Named($"system-{way}", "Ändrad"))).Status.Should().Be(HttpStatusCode.OK, way);
            (await client.SendAsync("DELETE", $"workflow-definitions/system-{way}")).Status.Should().Be(HttpStatusCode.NoContent, way);
        }
    }

    [Fact]
    public async Task S_10_a_version_that_nobody_has_published_is_no_step_and_no_child()
    {
        var part = Routines.Line("utkast-del", "Utkastets del", lines: 1);
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        await SaveAsync("VGR", part, publish: true);
        var published = (await StoredAsync("utkast-del")).Version.Id;
        part = Routines.Line("utkast-del", "Utkastets del", lines: 1);
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        part["root"]!["activities"]![1]!["text"] = Routines.Literal("Ingen har granskat detta");
        await SaveAsync("VGR", part);
        var draft = (await StoredAsync("utkast-del")).Version.Id;
        draft.Should().NotBe(published);
        var client = host.As("utvecklare");

        var step = Routines.Step("delen", GraphCache.TypeNameOf("Utkastets del"));
        step["workflowDefinitionId"] = "utkast-del";
        step["workflowDefinitionVersionId"] = draft;
        await SaveAsync("VGR", Routines.Of("utkast-steg", "Steg", [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "delen")]));
        (await client.PostAsync("workflow-definitions/utkast-steg/publish")).Errors.Should().Contain(e => e.Contains("’delen’") && e.Contains("inte har publicerats"));
        var run = (await client.PostAsync("workflow-definitions/utkast-steg/execute")).Headers["x-elsa-workflow-instance-id"];
        (await client.GetAsync($"workflow-instances/{run}/journal")).Text.Should().NotContain("Ingen har granskat").And.Contain("Faulted");

        // A child is what is published, whatever is being drafted; of what is only a draft there is none.
        await SaveAsync("VGR", Named("bara-utkast", "Bara utkast"));
        foreach (var type in new[] { "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow" })
        {
            var starts = Routines.Step("starta", type).Named("Starta");
            starts["workflowDefinitionId"] = Routines.Literal("bara-utkast");
            await SaveAsync("VGR", Starting(starts));
            (await client.PostAsync("workflow-definitions/utkast-barn/publish")).Errors.Should().Contain(e => e.Contains("’bara-utkast’") && e.Contains("inte är publicerad"), type);
            run = (await client.PostAsync("workflow-definitions/utkast-barn/execute")).Headers["x-elsa-workflow-instance-id"];
            (await client.GetAsync($"workflow-instances/{run}")).Text.Should().Contain("finns inte eller är inte publicerat", type);
            starts["workflowDefinitionId"] = Routines.Literal("utkast-del");
            await SaveAsync("VGR", Starting(starts));
            run = (await client.PostAsync("workflow-definitions/utkast-barn/execute")).Headers["x-elsa-workflow-instance-id"];
            var children = await host.Services.GetRequiredService<IInstanceReader>().ListAsync(new InstanceFilter { ParentId = Guid.Parse(run), Trial = null }, InstanceOrder.NewestFirst, 0, 10);
            children.Items.Single().VersionId.Should().Be(published, type);
        }

        (await CountAsync("bara-utkast")).Should().Be(0);

        static JsonObject Starting(JsonObject step) =>
            Routines.Of("utkast-barn", "Barn", [Routines.Step("start", "Elsa.Start"), (JsonObject)step.DeepClone()], [Routines.Arrow("start", "Done", "starta")]);
    }

    [Fact]
    public async Task F_10_a_quote_in_a_regular_expression_beside_a_template_string_is_published()
    {
        var line = Routines.Step("rad", "Elsa.WriteLine");
        line["text"] = Routines.Expression("JavaScript", "var r = /[`'\"]/g; return `${'a\"b'.replace(r, '-')} ${/'/.test(\"x'\")}`;");
        var model = Routines.Of("citat", "Citat", [Routines.Step("start", "Elsa.Start"), line], [Routines.Arrow("start", "Done", "rad")]);
        (await host.As("anna").SaveAsync(model, publish: true)).Definition["isPublished"]!.GetValue<bool>().Should().BeTrue();
        var run = await Runtime.StartAsync(new StartWorkflow { DefinitionId = "citat", Region = "VGR", Trial = true });
        (await host.As("utvecklare").GetAsync($"workflow-instances/{run.InstanceId}/journal")).Text.Should().Contain("a-b true");
    }

    [Fact]
    public async Task F_10_an_event_with_a_slash_in_its_name_wakes_who_waits_for_it()
    {
        foreach (var name in new[] { "a/b", "100% klart", "å ä/ö?" })
        {
            var id = "handelse-" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));
            await SaveAsync("VGR", Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), Routines.Event("vanta", name)], [Routines.Arrow("start", "Done", "vanta")]), publish: true);
            var run = await Runtime.StartAsync(new StartWorkflow { DefinitionId = id, Region = "VGR", Trial = true });
            var answer = await host.As("utvecklare").PostAsync($"events/{Uri.EscapeDataString(name)}/trigger", new JsonObject { ["workflowInstanceId"] = run.InstanceId.ToString() });
            answer.Status.Should().Be(HttpStatusCode.OK, name);
            (await host.Services.GetRequiredService<IInstanceReader>().FindAsync(run.InstanceId))!.Summary.Status.Should().Be(Engine.State.WorkflowStatus.Finished, name);
        }
    }

    [Fact]
    public async Task S_9_a_person_sends_events_and_cancels_trials_only()
    {
        await SaveAsync("VGR", Named("verklig", "Verklig"), publish: true);
        var real = (await Runtime.StartAsync(new StartWorkflow { DefinitionId = "verklig", Region = "VGR" })).InstanceId;
        foreach (var user in new[] { "anna", "vgr", "utvecklare" })
        {
            var client = host.As(user);
            (await client.PostAsync("events/klart/trigger", new JsonObject { ["workflowInstanceId"] = real.ToString() })).Status.Should().Be(HttpStatusCode.Forbidden, user);
            (await client.PostAsync("events/klart/trigger")).Status.Should().Be(HttpStatusCode.Forbidden, user);
            (await client.SendAsync("POST", $"cancel/workflow-instances/{real}")).Status.Should().Be(HttpStatusCode.Forbidden, user);
            (await client.PostAsync("bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(real.ToString()) })).Status.Should().Be(HttpStatusCode.Forbidden, user);
            (await client.SendAsync("DELETE", $"workflow-instances/{real}")).Status.Should().Be(HttpStatusCode.BadRequest, user);
        }

        (await host.Services.GetRequiredService<IInstanceReader>().FindAsync(real))!.Summary.Status.Should().Be(Engine.State.WorkflowStatus.Running);
    }

    [Fact]
    public async Task F_6_all_runs_are_cancelled_or_none()
    {
        await SaveAsync("VGR", Named("520", "Femhundratjugo"), publish: true);
        for (var i = 0; i < 40; i++) await Runtime.StartAsync(new StartWorkflow { DefinitionId = "520", Region = "VGR", Trial = true });
        await using (var copy = host.Database.DataSource.CreateCommand("""
            insert into instance (id, created_at, updated_at, version, incident_count, journal_seq, status, sub_status, trial, has_queue, definition_id, version_id, region, journal_head, state)
            select gen_random_uuid(), created_at, updated_at, version, 0, journal_seq, status, sub_status, trial, has_queue, definition_id, version_id, region, journal_head, state
            from (select * from instance where definition_id = '520' limit 1) i, generate_series(1, 2000)
            """)) await copy.ExecuteNonQueryAsync();
        var versions = new JsonObject { ["definitionId"] = "520", ["versionOptions"] = "AllVersions" };
        (await host.As("anna").PostAsync("bulk-actions/cancel/workflow-instances", versions)).Errors.Single().Should().Contain("inget är avbrutet");
        await using (var fewer = host.Database.DataSource.CreateCommand("delete from instance where definition_id = '520' and journal_seq > 0 and id not in (select instance_id from bookmark)")) await fewer.ExecuteNonQueryAsync();
        for (var i = 0; i < 480; i++) await Runtime.StartAsync(new StartWorkflow { DefinitionId = "520", Region = "VGR", Trial = true });
        (await host.As("anna").PostAsync("bulk-actions/cancel/workflow-instances", versions)).Json["cancelled"]!.GetValue<int>().Should().Be(520);
        (await host.Services.GetRequiredService<IInstanceReader>().CountAsync(new InstanceFilter { DefinitionId = "520", Trial = null, Statuses = [Engine.State.WorkflowStatus.Running] })).Should().Be(0);
    }

    [Fact]
    public async Task What_is_saved_between_the_check_and_the_publication_is_not_published()
    {
        await SaveAsync("VGR", Named("mellan", "Mellan"));
        var seen = await StoredAsync("mellan");
        await SaveAsync("VGR", Named("mellan", "Mellan två"));
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        var late = () => store.PublishAsync("mellan", Change, default, seen.Version);
        (await late.Should().ThrowAsync<DefinitionRefusedException>()).Which.Code.Should().Be("changed-meanwhile");
        (await StoredAsync("mellan")).Version.IsPublished.Should().BeFalse();
        var answer = await host.As("anna").SendAsync("POST", "workflow-definitions/mellan/publish", new JsonObject(), null, ("X-Draft-Revision", seen.Version.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        answer.Status.Should().Be(HttpStatusCode.Conflict);
        answer.Errors.Single().Should().Contain("Ladda om sidan");
        (await StoredAsync("mellan")).Version.IsPublished.Should().BeFalse();
    }

    [Fact]
    public async Task What_does_not_compile_strictly_is_published_in_no_way()
    {
        var broken = Routines.Of("trasig", "Trasig", [Routines.Step("start", "Elsa.Start"), Routines.Step("okand", "Acme.Borta")], [Routines.Arrow("start", "Done", "okand")]);
        await SaveAsync("VGR", broken);
        var client = host.As("anna");
        (await client.SaveAsync(broken, publish: true)).Status.Should().Be(HttpStatusCode.BadRequest);
        (await client.PostAsync("workflow-definitions/trasig/publish")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await client.PostAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("trasig") })).Json["skipped"]!.AsArray().Should().ContainSingle();
        await client.PostAsync("workflow-definitions/trasig/revert/1");
        (await client.PostAsync("workflow-definitions/import", broken)).Status.Should().Be(HttpStatusCode.OK);
        (await client.PostAsync("workflow-definitions/trasig/retract")).Status.Should().Be(HttpStatusCode.OK);
        var straight = () => host.Services.GetRequiredService<IDefinitionStore>().PublishAsync("trasig", Change, default);
        await straight.Should().ThrowAsync<Engine.Definitions.DefinitionException>();
        (await StoredAsync("trasig")).Version.IsPublished.Should().BeFalse();
    }

    [Fact]
    public async Task F_10_a_circle_round_a_corner_is_found_before_it_is_published()
    {
        await SaveAsync("VGR", Calls("varv-a", "varv-b"), publish: true);
        var client = host.As("vgr");
        await SaveAsync("VGR", Calls("varv-b", "varv-a"));
        (await client.PostAsync("workflow-definitions/varv-b/publish")).Errors.Should().Contain(e => e.Contains("’varv-a’") && e.Contains("det tar aldrig slut"));
        var wait = Routines.Event("vanta", "Dröj");
        var call = Calls("varv-b", "varv-a");
        call["root"]!["activities"]!.AsArray().Insert(1, wait);
        call["root"]!["connections"] = new JsonArray(Routines.Arrow("start", "Done", "vanta"), Routines.Arrow("vanta", "Done", "kalla"));
        await SaveAsync("VGR", call);
        (await client.PostAsync("workflow-definitions/varv-b/publish")).Status.Should().Be(HttpStatusCode.OK);

        static JsonObject Calls(string id, string other)
        {
            var step = Routines.Step("kalla", "Elsa.ExecuteWorkflow").Named("Kalla");
            step["workflowDefinitionId"] = Routines.Literal(other);
            return Routines.Of(id, id, [Routines.Step("start", "Elsa.Start"), step], [Routines.Arrow("start", "Done", "kalla")]);
        }
    }

    [Fact]
    public async Task F_10_a_circle_of_events_is_found_before_it_is_published()
    {
        var client = host.As("vgr");
        await SaveAsync("VGR", Sends("ring-a", "Ring A", "Ring B"), publish: true);
        await SaveAsync("VGR", Sends("ring-b", "Ring B", "Ring A"));
        (await client.PostAsync("workflow-definitions/ring-b/publish")).Errors.Should().Contain(e => e.Contains("skickar en händelse som startar rutinen ’ring-a’") && e.Contains("det tar aldrig slut"));
        await SaveAsync("VGR", Sends("ring-b", "Ring B", "Ring B"));
        (await client.PostAsync("workflow-definitions/ring-b/publish")).Errors.Should().Contain(e => e.Contains("startar den här rutinen igen"));
        await SaveAsync("VGR", Sends("ring-b", "Ring B", "Ring A", wait: true));
        (await client.PostAsync("workflow-definitions/ring-b/publish")).Status.Should().Be(HttpStatusCode.OK);

        static JsonObject Sends(string id, string awaited, string sent, bool wait = false)
        {
            var on = Routines.Event("start", awaited);
            on["customProperties"]!["canStartWorkflow"] = true;
            var step = Routines.Step("skicka", "Elsa.PublishEvent").Named("Skicka");
            step["eventName"] = Routines.Literal(sent);
            return wait
                ? Routines.Of(id, id, [on, Routines.Event("vanta", "Dröj"), step], [Routines.Arrow("start", "Done", "vanta"), Routines.Arrow("vanta", "Done", "skicka")])
                : Routines.Of(id, id, [on, step], [Routines.Arrow("start", "Done", "skicka")]);
        }
    }

    [Fact]
    public async Task F_10_a_start_of_a_routine_that_is_worked_out_is_a_warning()
    {
        var model = Gate.Around(Gate.Step("Elsa.DispatchWorkflow", "Starta", ("workflowDefinitionId", "js:return \"ruti\" + \"n\"")), "Done");
        (await Gate.CheckAsync(model)).Should().ContainSingle(f => f.Code == "computed-start" && f.Severity == FindingSeverity.Warning).Which.Message.Should().Contain("räknar ut vilken rutin");
    }

    [Fact]
    public async Task F_10_a_routine_that_starts_itself_more_than_once_is_a_warning()
    {
        var (twice, each, once) = (Again("twice", "a", "b"), Again("each", "a"), Again("once", "a"));
        each["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "a")!["type"] = "Elsa.BulkDispatchWorkflows";
        var found = await Gate.CheckAsync([("twice", twice), ("each", each), ("once", once)]);
        found["twice"].Should().ContainSingle(f => f.Code == "multiplying-starts" && f.Severity == FindingSeverity.Warning).Which.Message.Should()
            .Be("Stegen ’a’, ’b’ startar den här rutinen igen. Går en körning genom fler än ett av dem blir körningarna fler för varje gång, "
                + "tills gränsen för hur många som får komma ur samma början stoppar dem.");
        found["each"].Should().ContainSingle(f => f.Code == "multiplying-starts").Which.Message.Should().StartWith("Steget ’a’ startar den här rutinen igen, en gång för varje post.");
        found["once"].Should().NotContain(f => f.Code == "multiplying-starts");

        // Over a wait, so that nothing else is wrong with it.
        static JsonObject Again(string id, params string[] steps) => Routines.Of(
            id, id, [Routines.Step("start", "Elsa.Start"), Routines.Event("vanta", "Dröj"), .. steps.Select(s => Starting(s, id))],
            [Routines.Arrow("start", "Done", "vanta"), .. steps.Select((s, i) => Routines.Arrow(i == 0 ? "vanta" : steps[i - 1], "Done", s))]);

        static JsonObject Starting(string step, string routine)
        {
            var made = Routines.Step(step, "Elsa.DispatchWorkflow").Named(step);
            made["workflowDefinitionId"] = Routines.Literal(routine);
            return made;
        }
    }

    [Fact]
    public async Task F_10_a_routine_made_in_the_editor_begins_in_token_mode_and_its_export_says_so()
    {
        var client = host.As("vgr");
        var made = (await client.SaveAsync(Routines.Line(null, "Ny i token"))).Definition;
        made["customProperties"]!["flowMode"]!.GetValue<string>().Should().Be("Token");
        var zip = await client.PostAsync("bulk-actions/export/workflow-definitions", new JsonObject { ["ids"] = new JsonArray(made["id"]!.GetValue<string>()) });
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip.Bytes));
        new StreamReader(archive.GetEntry("README.txt")!.Open()).ReadToEnd().Should().Contain("Elsa-server");
        (await client.GetAsync($"workflow-definitions/{made["definitionId"]}/export")).Text.Should().Contain("Elsa-server");
        // What comes from elsewhere stays as it is.
        (await client.PostAsync("workflow-definitions/import", Routines.Line("importerad-lage", "Importerad"))).Json["customProperties"]!["flowMode"].Should().BeNull();
    }

    [Fact]
    public async Task S_7_publishing_tells_what_is_newly_read_of_the_case_and_the_history_keeps_it()
    {
        var client = host.As("vgr");
        var model = Routines.Line("laser", "Läser");
        await client.SaveAsync(model);
        (await FindingsAsync()).Should().BeEmpty();
        (await client.PostAsync("workflow-definitions/laser/publish")).Status.Should().Be(HttpStatusCode.OK);
        model["root"]!["activities"]![1]!["text"] = Routines.Expression("JavaScript", "arende.text + arende.invanare.fodelsedatum + JSON.stringify(arende)");
        await client.SaveAsync(model);
        (await FindingsAsync()).Should().Equal("Information: Läser nytt ur ärendet: hela ärendet, invanare.fodelsedatum, text.");
        await client.PostAsync("workflow-definitions/laser/publish");
        var history = (await client.GetAsync("workflow-definitions/laser/history")).Json["items"]!.AsArray();
        history.Should().Contain(e => (string?)e!["event"] == "Publicerad" && (string?)e["detail"] == "Läser nytt ur ärendet: hela ärendet, invanare.fodelsedatum, text.");

        async Task<List<string>> FindingsAsync() => [.. (await client.GetAsync("workflow-definitions/laser/findings")).Json["items"]!.AsArray()
            .Where(f => (string?)f!["code"] == "reads-case").Select(f => $"{f!["severity"]}: {f["message"]}")];
    }

    [Fact]
    public async Task S_7_where_four_eyes_are_asked_for_nobody_publishes_their_own_work()
    {
        await using (var on = host.Database.DataSource.CreateCommand("""
            insert into reference (kind, id, valid_from, region, data, changed_at) values
              ('region', 'RÖ', '-infinity', 'RÖ', '{"code":"RÖ","name":"Region Östergötland","noticeChannel":"sms"}', now()),
              ('setting', 'fyra', '-infinity', 'RÖ', '{"key":"publicering.fyraÖgon","scope":"RÖ","value":true}', now())
            """)) await on.ExecuteNonQueryAsync();
        await SaveAsync("RÖ", Named("fyra-1", "Fyra"), by: "p-anna");
        var (anna, bo) = (host.As("anna"), host.As("bo"));
        var alone = await anna.PostAsync("workflow-definitions/fyra-1/publish");
        alone.Status.Should().Be(HttpStatusCode.Conflict, alone.Text);
        alone.Errors.Single().Should().Contain("Be en kollega");
        // A colleague's comma does not make it the colleague's.
        await SaveAsync("RÖ", Named("fyra-1", "Fyra."), by: "p-bo");
        (await anna.PostAsync("workflow-definitions/fyra-1/publish")).Status.Should().Be(HttpStatusCode.Conflict);
        (await bo.PostAsync("workflow-definitions/fyra-1/publish")).Status.Should().Be(HttpStatusCode.Conflict);
        (await anna.PostAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("fyra-1") })).Json["skipped"]!.AsArray().Should().ContainSingle();
        (await host.As("utvecklare").PostAsync("workflow-definitions/fyra-1/publish")).Status.Should().Be(HttpStatusCode.OK);
        await SaveAsync("VGR", Named("fyra-2", "Annan region"), by: "p-anna");
        (await anna.PostAsync("workflow-definitions/fyra-2/publish")).Status.Should().Be(HttpStatusCode.OK);
    }

    private static readonly DefinitionChange Change = new("p-vgr", "Vera Gran", DateTimeOffset.UtcNow);

    private IWorkflowRuntime Runtime => host.Services.GetRequiredService<IWorkflowRuntime>();

    private static JsonObject Named(string id, string name) => Routines.Of(id, name,
        [Routines.Step("start", "Elsa.Start"), Routines.Event("vanta", "klart"), Routines.Step("end", "Elsa.End")],
        [Routines.Arrow("start", "Done", "vanta"), Routines.Arrow("vanta", "Done", "end")]);

    private async Task<StoredDefinition> StoredAsync(string id) => (await host.Services.GetRequiredService<IDefinitionStore>().FindAsync(id, VersionOptions.Latest, default))!;

    private async Task<long> CountAsync(string definitionId) =>
        await host.Services.GetRequiredService<IInstanceReader>().CountAsync(new InstanceFilter { DefinitionId = definitionId, Trial = null });

    private async Task SaveAsync(string region, JsonObject model, bool publish = false, string by = "p-vgr")
    {
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        var id = model["definitionId"]!.GetValue<string>();
        var change = Change with { PersonId = by, At = DateTimeOffset.UtcNow };
        await store.SaveAsync(new SaveDraft { DefinitionId = id, Document = (JsonObject)model.DeepClone(), Region = region, Change = change, Force = true }, default);
        if (publish) await store.PublishAsync(id, change, default);
    }

    private List<(string Method, string Pattern)> Routes() => [.. host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText?.Contains("/elsa/api", StringComparison.Ordinal) == true)
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, e.RoutePattern.RawText!)))];

    private static string Fill(string pattern, string id) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{(\w+)(:\w+)?\}", m => m.Groups[1].Value switch
    {
        "version" or "saveId" => "1",
        "typeName" => "Elsa.WriteLine",
        "inputName" => "Text",
        "eventName" => "klart",
        "activityId" => "vanta",
        _ => Uri.EscapeDataString(id),
    });
}
