using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Cases.Tests.Reference;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Cases.Tests;

public sealed class SignInTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    private UserDirectory Users => new(database.Source, new CommandContexts(database.Store, new StandingClock()));

    [Fact]
    public async Task A_password_is_right_or_nothing_is_told()
    {
        (await Users.VerifyAsync("onk1.mott.a", "demo", default))!.User.Roles.Should().Equal(new SignedInRole("ärendemottagare", "Onkologimottagning 1"));
        (await Users.VerifyAsync("onk1.mott.a", "Demo", default)).Should().BeNull();
        (await Users.VerifyAsync("nobody", "demo", default)).Should().BeNull();
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_and_no_other()
    {
        var users = Users;
        for (var i = 0; i < 10; i++) (await users.VerifyAsync("onk3.mott", "fel", default)).Should().BeNull();
        (await users.VerifyAsync("onk3.mott", "demo", default)).Should().BeNull("it is locked");
        (await users.VerifyAsync("onk2.mott", "demo", default)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_manager_of_permissions_sets_passwords_of_the_own_operation()
    {
        var accounts = new Accounts(database.Source);
        var manager = (await new CommandContexts(database.Store, new StandingClock()).ForPersonAsync("onk.lokadm"))!;
        await accounts.SetPasswordAsync(manager, "cr.mott", "ett långt lösenord", default);
        (await Users.VerifyAsync("cr.mott", "ett långt lösenord", default)).Should().NotBeNull();
        (await Users.VerifyAsync("cr.mott", "demo", default)).Should().BeNull();
        await accounts.Invoking(a => a.SetPasswordAsync(manager, "cr.mott", "kort", default)).Should().ThrowAsync<ValidationFailedException>();
        await accounts.Invoking(a => a.SetPasswordAsync(manager, "bup.sekr", "ett långt lösenord", default)).Should().ThrowAsync<ForbiddenException>();
        await accounts.Invoking(a => a.SetPasswordAsync(manager, "ro.ssk1", "ett långt lösenord", default)).Should().ThrowAsync<NotFoundException>();
        await accounts.Invoking(a => a.SetPasswordAsync(manager, "admin", "ett långt lösenord", default)).Should().ThrowAsync<ForbiddenException>();
    }

    [Fact]
    public async Task An_empty_production_database_gets_one_administrator()
    {
        await using var empty = new TestDatabase();
        using var store = new ReferenceStore(empty.DataSource);
        await new ReferenceSeeder(empty.DataSource).SeedAsync(Repository.ReferenceFolder, null, SeededDatabase.Now, default);
        var accounts = new Accounts(empty.DataSource);
        (await accounts.EnsureFirstAdministratorAsync("första lösenordet", SeededDatabase.Now, default)).Should().BeTrue();
        (await accounts.EnsureFirstAdministratorAsync("något annat", SeededDatabase.Now, default)).Should().BeFalse();
        var users = new UserDirectory(empty.DataSource, new CommandContexts(store, new StandingClock()));
        (await users.VerifyAsync("admin", "första lösenordet", default)).Should().NotBeNull();
        (await users.VerifyAsync("onk1.mott.a", "demo", default)).Should().BeNull("demo users exist in Development only");
    }

    private sealed class StandingClock : IBusinessClock
    {
        public ClockMode Mode => ClockMode.Manual;

        public ValueTask<DateTimeOffset> NowAsync(CancellationToken ct = default) => ValueTask.FromResult(SeededDatabase.Now);
    }
}
