using System.Diagnostics.Metrics;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Cases.Tests.Reference;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Cases.Tests;

public sealed class SignInTests(SeededDatabase database) : IClassFixture<SeededDatabase>
{
    private const string Ward = "192.0.2.1";

    private readonly AsyncLocal<List<long>?> _work = new();

    [Fact]
    public async Task A_password_is_right_or_nothing_is_told()
    {
        var users = Users();
        (await users.VerifyAsync("onk1.mott.a", "demo", Ward, default))!.User.Roles.Should().Equal(new SignedInRole("ärendemottagare", "Onkologimottagning 1"));
        (await users.VerifyAsync("onk1.mott.a", "Demo", Ward, default)).Should().BeNull();
        (await users.VerifyAsync("nobody", "demo", Ward, default)).Should().BeNull();
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_and_no_other()
    {
        var users = Users();
        for (var i = 0; i < 10; i++) (await users.VerifyAsync("onk3.mott", "fel", Ward, default)).Should().BeNull();
        (await users.VerifyAsync("onk3.mott", "demo", Ward, default)).Should().BeNull("it is locked");
        (await users.VerifyAsync("onk2.mott", "demo", Ward, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task S_12_a_lock_grows_ends_by_itself_and_is_not_lengthened_by_tries_meanwhile()
    {
        const string Who = "onk1.hant";
        var users = Users();
        await FailuresAsync(Who, Ward, 9);
        await users.VerifyAsync(Who, "fel", Ward, default);
        var first = await LockAsync(Who, Ward);
        first.TotalSeconds.Should().BeInRange(0, 31);
        await users.VerifyAsync(Who, "fel", Ward, default);
        (await LockAsync(Who, Ward)).Should().BeLessThan(first);

        await EndLockAsync(Who, Ward);
        await users.VerifyAsync(Who, "fel", Ward, default);
        (await LockAsync(Who, Ward)).TotalSeconds.Should().BeInRange(31, 61);
        await FailuresAsync(Who, Ward, 100_000);
        await users.VerifyAsync(Who, "fel", Ward, default);
        (await LockAsync(Who, Ward)).TotalMinutes.Should().BeInRange(12, 15);

        await EndLockAsync(Who, Ward);
        (await users.VerifyAsync(Who, "demo", Ward, default)).Should().NotBeNull();
        (await CountAsync("SELECT count(*) FROM sign_in_failure WHERE account = $1 AND address = $2", Who, Ward)).Should().Be(0, "the count begins anew");
    }

    [Fact]
    public async Task S_12_nobody_is_locked_out_by_others_where_he_has_signed_in_before()
    {
        const string Who = "onk1.hant2";
        var users = Users();
        (await users.VerifyAsync(Who, "demo", Ward, default)).Should().NotBeNull();
        await FailuresAsync(Who, "", 49);
        await users.VerifyAsync(Who, "fel", "198.51.100.7", default);
        (await users.VerifyAsync(Who, "demo", "203.0.113.9", default)).Should().BeNull("too many have guessed from addresses that the person never used");
        (await users.VerifyAsync(Who, "demo", Ward, default)).Should().NotBeNull();
        await FailuresAsync(Who, "198.51.100.7", 40);
        (await users.VerifyAsync(Who, "demo", Ward, default)).Should().NotBeNull();
        await EndLockAsync(Who, "");
        (await users.VerifyAsync(Who, "demo", "203.0.113.9", default)).Should().NotBeNull("the lock ends by itself");
    }

    [Fact]
    public async Task S_12_unknown_wrong_locked_cheap_and_odd_cost_the_same_work()
    {
        var users = Users();
        await FailuresAsync("ost.mott", Ward, 9);
        await users.VerifyAsync("ost.mott", "fel", Ward, default);
        await ExecuteAsync("UPDATE account SET password_hash = $2 WHERE person_id = $1", "onk1.ansv", PasswordHash.Create("gammalt lösenord", 10_000));

        foreach (var (userName, password) in new[]
                 {
                     ("onk1.mott.b", "fel"), ("finns-inte", "fel"), ("ost.mott", "fel"), ("ost.mott", "demo"), ("onk1.ansv", "fel"), ("a\0", "x"), ("\ud83d", "\ud83d"),
                     (new string('x', 10_000), "fel"), ("onk1.mott.b", ""),
                 })
        {
            (await WorkOfAsync(async () => (await users.VerifyAsync(userName, password, Ward, default)).Should().BeNull())).Should().Be(PasswordHash.Iterations, userName);
        }
    }

    [Fact]
    public async Task A_hash_that_was_cheap_is_made_anew_at_the_next_sign_in()
    {
        await ExecuteAsync("UPDATE account SET password_hash = $2 WHERE person_id = $1", "onk.lakare", PasswordHash.Create("gammalt lösenord", 10_000));
        (await Users().VerifyAsync("onk.lakare", "gammalt lösenord", Ward, default)).Should().NotBeNull();
        (await CountAsync("SELECT count(*) FROM account WHERE person_id = $1 AND password_hash LIKE $2", "onk.lakare", $"pbkdf2-sha256${PasswordHash.Iterations}$%")).Should().Be(1);
        (await Users().VerifyAsync("onk.lakare", "gammalt lösenord", Ward, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task S_11_an_address_that_is_wrong_too_often_waits_and_nobody_known_there_with_it()
    {
        var options = new SignInOptions { WrongPasswordsPerMinute = 3 };
        var users = Users(options);
        (await users.VerifyAsync("onk1.mott.a", "demo", Ward, default)).Should().NotBeNull();
        for (var i = 0; i < 3; i++) await users.VerifyAsync($"gissad{i}", "fel", Ward, default);

        foreach (var (userName, password) in new[] { ("gissad", "fel"), ("onk.vec", "fel"), ("onk.vec", "demo") })
            (await users.Awaiting(u => u.VerifyAsync(userName, password, Ward, default)).Should().ThrowAsync<TooManyAttemptsException>()).Which.RetryAfter.Should().NotBe("0");
        (await users.VerifyAsync("onk1.mott.a", "demo", Ward, default)).Should().NotBeNull("she has signed in from there before");
        (await users.VerifyAsync("onk.vec", "demo", "192.0.2.2", default)).Should().NotBeNull("another address is another's");

        // Development looks whether it might be right, and does no work for what is certainly wrong.
        options.SuccessIsNeverLimited = true;
        (await users.VerifyAsync("onk.lokadm", "demo", Ward, default)).Should().NotBeNull();
        await users.Awaiting(u => u.VerifyAsync("onk1.mott.b", "fel", Ward, default)).Should().ThrowAsync<TooManyAttemptsException>();
    }

    [Fact]
    public async Task S_11_few_passwords_are_stretched_at_a_time_and_few_wait()
    {
        using var limits = new SignInLimits(new SignInOptions());
        using var go = new ManualResetEventSlim();
        int now = 0, most = 0;
        var calls = Enumerable.Range(0, 60).Select(_ => Task.Run(() => limits.StretchAsync(() =>
        {
            var running = Interlocked.Increment(ref now);
            lock (limits) most = Math.Max(most, running);
            go.Wait();
            Interlocked.Decrement(ref now);
            return true;
        }, default))).ToList();
        var refused = calls.Count - SignInLimits.AtOnce - 16;
        while (calls.Count(c => c.IsFaulted) < refused) await Task.Delay(10);
        go.Set();
        await Task.WhenAll(calls.Select(c => c.ContinueWith(_ => { }, TaskScheduler.Default)));
        most.Should().Be(SignInLimits.AtOnce);
        calls.Count(c => c.IsCompletedSuccessfully).Should().Be(SignInLimits.AtOnce + 16);
        calls.Where(c => c.IsFaulted).Should().OnlyContain(c => c.Exception!.InnerException is TooManyAttemptsException);
    }

    [Theory]
    [InlineData("kort", false)]
    [InlineData("elva tecken", false)]
    [InlineData("password1234", false)]
    [InlineData("Sommaren2026!!", false)]
    [InlineData("!!LÖSENORDET!!", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("123456789012", false)]
    [InlineData("9876 4321 0011", true)]
    [InlineData("onk.lokadm 2026", false)]
    [InlineData("ONK.LOKADM-onk.lokadm", false)]
    [InlineData("ett långt lösenord", true)]
    [InlineData("fyra ord utan mening", true)]
    public void A_password_is_long_not_common_and_not_the_user_name(string password, bool taken) =>
        (PasswordRules.FaultOf(password, "onk.lokadm", 12) is null).Should().Be(taken);

    [Theory]
    [InlineData("tillfälligt lösen", "TILLFÄLLIGT LÖSEN", true)]
    [InlineData("tillfälligt-lösen-1", "Tillfälligt lösen 2!", true)]
    [InlineData("tillfälligt lösen", "ett helt annat ord", false)]
    [InlineData("1234 5678 9012", "9876 5432 1098", false)]
    [InlineData("1234 5678 9012", "1234 5678 9012", true)]
    public void A_new_password_is_not_the_present_one_in_other_clothes(string present, string chosen, bool alike) =>
        PasswordRules.AreAlike(chosen, present).Should().Be(alike);

    [Fact]
    public void Letters_typed_on_another_system_are_the_same_password() =>
        PasswordHash.Verify("A\u030Asa Öberg", PasswordHash.Create("Åsa O\u0308berg", 1000)).Should().BeTrue();

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_client_is_an_address_or_its_network(string address, string counted) => ClientAddress.Of(System.Net.IPAddress.Parse(address)).Should().Be(counted);

    [Fact]
    public async Task An_empty_production_database_gets_one_administrator()
    {
        await using var empty = new TestDatabase();
        using var store = new ReferenceStore(empty.DataSource);
        await new ReferenceSeeder(empty.DataSource).SeedAsync(Repository.ReferenceFolder, null, SeededDatabase.Now, default);
        var first = new FirstAdministrator(empty.DataSource);
        (await first.EnsureAsync("första lösenordet", SeededDatabase.Now, default)).Should().BeTrue();
        (await first.EnsureAsync("något annat", SeededDatabase.Now, default)).Should().BeFalse();
        var options = new SignInOptions();
        using var limits = new SignInLimits(options);
        var users = new UserDirectory(empty.DataSource, new CommandContexts(store, new StandingClock()), limits, options);
        (await users.VerifyAsync("admin", "första lösenordet", Ward, default))!.MustChange.Should().BeFalse("whoever configures the host chose it");
        (await users.VerifyAsync("onk1.mott.a", "demo", Ward, default)).Should().BeNull("demo users exist in Development only");
    }

    private UserDirectory Users(SignInOptions? options = null)
    {
        options ??= new SignInOptions { WrongPasswordsPerMinute = 1000 };
        return new(database.Source, new CommandContexts(database.Store, new StandingClock()), new SignInLimits(options), options);
    }

    /// <summary>Iterations of hashing that a call costs; other tests of the process do not count.</summary>
    private async Task<long> WorkOfAsync(Func<Task> call)
    {
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name == "caseworkflows.password.iterations") l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, iterations, _, _) => _work.Value?.Add(iterations));
        listener.Start();
        _work.Value = [];
        await call();
        return _work.Value.Sum();
    }

    private Task FailuresAsync(string who, string address, int failures) => ExecuteAsync(
        $"""
        INSERT INTO sign_in_failure (account, address, failures, failed_at) VALUES ($1, $2, {failures}, clock_timestamp())
        ON CONFLICT (account, address) DO UPDATE SET failures = excluded.failures, locked_until = NULL
        """, who, address);

    private Task EndLockAsync(string who, string address) =>
        ExecuteAsync("UPDATE sign_in_failure SET locked_until = clock_timestamp() WHERE account = $1 AND address = $2", who, address);

    private async Task<TimeSpan> LockAsync(string who, string address)
    {
        await using var command = database.Source.CreateCommand("SELECT locked_until - clock_timestamp() FROM sign_in_failure WHERE account = $1 AND address = $2").With(who, address);
        return (TimeSpan)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> CountAsync(string sql, string first, string second)
    {
        await using var command = database.Source.CreateCommand(sql).With(first, second);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql, string first, string second)
    {
        await using var command = database.Source.CreateCommand(sql).With(first, second);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class StandingClock : IBusinessClock
    {
        public ClockMode Mode => ClockMode.Manual;

        public ValueTask<DateTimeOffset> NowAsync(CancellationToken ct = default) => ValueTask.FromResult(SeededDatabase.Now);
    }
}
