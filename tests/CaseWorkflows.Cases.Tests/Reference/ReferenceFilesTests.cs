using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Tests.Reference;

public sealed class ReferenceFilesTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    [Fact]
    public async Task A_second_seeding_changes_nothing()
    {
        var before = await database.ViewAsync();
        (await new ReferenceSeeder(database.Source).SeedAsync(Repository.ReferenceFolder, "demo", SeededDatabase.Now, CancellationToken.None)).Should().BeFalse();
        (await database.ViewAsync()).Version.Should().Be(before.Version);
    }

    [Fact]
    public async Task Every_reference_points_to_something()
    {
        var view = await database.ViewAsync();
        view.Units.Values.Should().OnlyContain(u => view.Regions.ContainsKey(u.Region));
        view.Units.Values.Where(u => u.Operation is not null).Should().OnlyContain(u => view.Units.ContainsKey(u.Operation!));
        view.Units.Values.SelectMany(u => u.CaseTypeOffers).Should().OnlyContain(o => view.CaseTypes.ContainsKey(o.Type));
        view.Assignments.Values.Should().OnlyContain(a => view.People.ContainsKey(a.Person) && view.Roles.ContainsKey(a.Role)
            && (a.Unit == ReferenceView.Everywhere || view.Units.ContainsKey(a.Unit) || view.Regions.ContainsKey(a.Unit)));
        view.Routing.SelectMany(t => t).SelectMany(r => r.Roles).Should().OnlyContain(r => view.Roles.ContainsKey(r));
        view.Routing.SelectMany(t => t).SelectMany(r => r.CaseTypes).Should().OnlyContain(c => view.CaseTypes.ContainsKey(c));
    }

    [Theory]
    [InlineData("recept", "Kräver läkare", "ONK-20", "arendemottagare")]
    [InlineData("fraga_remiss", "Besvara själv", "ONK-22", "arendemottagare")]
    [InlineData("meddelande", null, "ONK-25", "arendemottagare arendehanterare")]
    [InlineData("kontakt_avboka", null, "X-10", "arendemottagare")]
    public async Task ONK19_to_27_routing_rows(string type, string? preselected, string rule, string roles)
    {
        var row = (await database.ViewAsync()).Route(new RoutingQuery("onk-fordela", "onk1", type, 3, null, "1177 e-tjänster", DigitalPatient: true));
        row.Should().NotBeNull();
        row!.Preselected.Should().Be(preselected);
        row.Rule.Should().Be(rule);
        string.Join(' ', row.Roles).Should().Be(roles);
    }

    [Theory]
    [InlineData("onk3", "Kontakt för avboka eller omboka tid", "kontakt_avboka")]
    [InlineData("onk1", "Begär intyg", "intyg")]
    [InlineData("onk1", "Klagomål och synpunkter", "klagomal")]
    [InlineData("onk1", "FÖRNYA RECEPT", "recept")]
    [InlineData("onk1", "recept", "recept")]
    [InlineData("onk1", "Massage", null)]
    public async Task X08_any_alias_gives_the_canonical_type(string unit, string name, string? code)
    {
        var view = await database.ViewAsync();
        view.FindCaseType(name, view.Units[unit])?.Code.Should().Be(code);
    }

    [Fact]
    public async Task ONK35_wards_offer_complaints_only()
    {
        var view = await database.ViewAsync();
        view.Offers("avd69", "klagomal").Should().BeTrue();
        view.Offers("avd69", "recept").Should().BeFalse();
        view.Offers("onk-ostra", "egenremiss").Should().BeFalse();
    }

    [Fact]
    public async Task Opening_hours_come_from_the_unit_or_its_operation()
    {
        var view = await database.ViewAsync();
        view.HoursOf("onk1").OpeningOn(new DateOnly(2026, 4, 2)).Should().Be(new TimeOnly(7, 30));
        view.HoursOf("vc-exempel").ClosingOn(new DateOnly(2026, 12, 23)).Should().Be(new TimeOnly(13, 0));
        view.HoursOf("jour-exempel").OpeningOn(new DateOnly(2026, 4, 3)).Should().Be(new TimeOnly(9, 0));
    }

    [Fact]
    public async Task D14_a_role_at_the_operation_reaches_its_units_and_no_other_region()
    {
        var view = await database.ViewAsync();
        var complaints = Actor.Of(view.FindPerson("klag")!, view);
        complaints.Has("klagomalsfunktion", "avd69").Should().BeTrue();
        complaints.Has("klagomalsfunktion", "bup-a").Should().BeFalse();
        complaints.InRegion("VGR").Should().BeTrue();
        complaints.InRegion("RÖ").Should().BeFalse();
        Actor.Of(view.FindPerson("agare")!, view).May(Permissions.WorkflowEdit, "RG").Should().BeTrue();
    }

    [Fact]
    public async Task ONK01_the_oncology_document_is_expired_from_the_day_after()
    {
        var document = (await database.ViewAsync()).RoutineDocuments["rutin-onkologi"];
        document.ValidityOn(new DateOnly(2026, 9, 1)).Should().Be("Gällande");
        document.ValidityOn(new DateOnly(2026, 9, 2)).Should().Be("Passerad");
    }

    [Fact]
    public async Task Settings_are_taken_from_the_nearest_place()
    {
        var view = await database.ViewAsync();
        view.Setting<bool>("hanterareFårFördela", "onk1").Should().BeTrue();
        view.Setting<bool>("hanterareFårFördela", "bup-a").Should().BeFalse();
        view.UnitsWith("dagligGenomgång").Select(u => u.Id).Should().HaveCount(6);
    }

    [Fact]
    public async Task Ordinary_working_hours_hold_for_the_deadline_of_the_files() =>
        SwedishTime.ToLocal(Deadlines.Due(SeededDatabase.Now, 2, (await database.ViewAsync()).HoursOf("onk1"))).Should().Be(new DateTime(2026, 4, 8, 16, 30, 0));
}
