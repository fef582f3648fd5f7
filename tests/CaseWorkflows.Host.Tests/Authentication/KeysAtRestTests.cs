using System.Net;
using System.Text;
using CaseWorkflows.Host.Authentication;
using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Authentication;

/// <summary>Keys in the database: open without a key in the configuration, encrypted with one, and told clearly when it is the wrong one.</summary>
public sealed class KeysAtRestTests
{
    private const string First = "Q2x8aJ1vB0s9T4kWmZ7eR5uYpL3dFgHc";
    private const string Second = "n6KfXo2VwE8bUqS1tGzA4yMjR9hDcP7i";

    [Fact]
    public async Task Keys_are_encrypted_at_the_first_start_with_a_key_and_sessions_live_on_through_every_change_of_it()
    {
        await using var database = new TestDatabase();
        string token;
        Browser browser;
        await using (var host = await StartAsync(database))
        {
            token = await SignIn.TokenAsync(host.Client);
            browser = await Browser.SignedInAsync(host.Address, SignIn.Administrator);
            var open = await StoredAsync(database);
            open.Should().Contain("masterKey", "without a key they lie open");
        }

        var signing = (byte[])(await database.DataSource.CreateCommand("SELECT key FROM signing_key").ExecuteScalarAsync())!;
        using (browser)
        {
            // A first key, the same again, another with the first beside it, and that one alone.
            foreach (var keys in (string[][])[[$"--Keys:Encryption={First}"], [$"--Keys:Encryption={First}"], [$"--Keys:Encryption={Second}", $"--Keys:Earlier={First}"], [$"--Keys:Encryption={Second}"]])
            {
                await using var host = await StartAsync(database, keys);
                var stored = await StoredAsync(database);
                stored.Should().NotContain("<").And.NotContain("masterKey").And.NotContain("PRIVATE").And.NotContain("\"kty\"")
                    .And.NotContain(Convert.ToBase64String(signing)).And.NotContain(Convert.ToHexStringLower(signing));
                using (var me = await SignIn.GetAsync(host.Client, "/api/me", token)) me.StatusCode.Should().Be(HttpStatusCode.OK, "the token is still signed by a key of ours");
                using var copy = new Browser(host.Address, browser);
                (await copy.StatusAsync()).Should().Be(HttpStatusCode.OK, "the cookie too");
            }
        }
    }

    [Fact]
    public async Task A_new_database_with_a_key_never_holds_an_open_one_and_a_host_with_a_wrong_key_says_so_and_changes_nothing()
    {
        await using var database = new TestDatabase();
        await using (var host = await StartAsync(database, $"--Keys:Encryption={First}"))
        {
            using var browser = await Browser.SignedInAsync(host.Address, SignIn.Administrator);
        }

        var before = await StoredAsync(database);
        before.Should().NotContain("masterKey").And.NotContain("<");
        await using (var open = database.DataSource.CreateCommand(
            "SELECT count(*) FROM (SELECT encrypted_with FROM signing_key UNION ALL SELECT encrypted_with FROM data_protection_key) k WHERE encrypted_with IS NULL"))
            (await open.ExecuteScalarAsync()).Should().Be(0L);

        await RefusedAsync(database, "*Keys:Encryption is not set*Set Keys:Encryption to the key it was encrypted with*Keys:Earlier*");
        await RefusedAsync(database, "*Keys:Encryption is the key*Set Keys:Encryption to the key it was encrypted with*Keys:Earlier*", $"--Keys:Encryption={Second}");
        (await StoredAsync(database)).Should().Be(before);

        await database.ExecuteAsOwnerAsync("UPDATE data_protection_key SET xml = 'å' || xml");
        await RefusedAsync(database, "data_protection_key*has been changed*", $"--Keys:Encryption={First}");
        await database.ExecuteAsOwnerAsync("UPDATE signing_key SET key = set_byte(key, 40, 255 - get_byte(key, 40))");
        await RefusedAsync(database, "signing_key*has been changed*", $"--Keys:Encryption={First}");
    }

    [Fact]
    public void A_stored_key_that_was_changed_or_put_in_anothers_place_is_refused()
    {
        var encryption = new KeyEncryption(First, []);
        var stored = encryption.Encrypt(Encoding.UTF8.GetBytes("hemligt"), "signing_key a");
        encryption.Encrypt(Encoding.UTF8.GetBytes("hemligt"), "signing_key a").Should().NotEqual(stored, "no two are alike");
        encryption.Decrypt(stored, encryption.Present!, "signing_key a").Should().Equal(Encoding.UTF8.GetBytes("hemligt"));
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var changed = (byte[])stored.Clone();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            FluentActions.Invoking(() => encryption.Decrypt(changed, encryption.Present!, "signing_key a")).Should().Throw<HostConfigurationException>();
        }

        for (var length = 0; length < stored.Length; length++)
            FluentActions.Invoking(() => encryption.Decrypt(stored[..length], encryption.Present!, "signing_key a")).Should().Throw<HostConfigurationException>();
        FluentActions.Invoking(() => encryption.Decrypt(stored, encryption.Present!, "signing_key b")).Should().Throw<HostConfigurationException>();
    }

    private static async Task RefusedAsync(TestDatabase database, string told, params string[] arguments)
    {
        var start = () => StartAsync(database, arguments);
        (await start.Should().ThrowAsync<HostConfigurationException>().WithMessage(told)).Which.Message.Should().NotContain(First).And.NotContain(Second);
    }

    private static Task<TestHost> StartAsync(TestDatabase database, params string[] arguments) =>
        TestHost.StartAsync(new TestHostOptions { Database = database, Arguments = arguments });

    /// <summary>Both tables as a thief of a backup reads them.</summary>
    private static async Task<string> StoredAsync(TestDatabase database)
    {
        await using var command = database.DataSource.CreateCommand("""
            SELECT string_agg(t, E'\n') FROM (SELECT encode(key, 'hex') || ' ' || encode(key, 'base64') AS t FROM signing_key
            UNION ALL SELECT xml || ' ' || name FROM data_protection_key ORDER BY 1) s
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
