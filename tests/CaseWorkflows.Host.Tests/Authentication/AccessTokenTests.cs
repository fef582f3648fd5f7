using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CaseWorkflows.Host.Tests.Authentication;

public sealed class AccessTokenTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_token_is_good_on_every_host_and_outlives_the_one_that_gave_it()
    {
        string token, secret;
        await using (var gone = await TestHost.StartAsync(new TestHostOptions { Database = fixture.Host.Database }))
        {
            token = await SignIn.TokenAsync(gone.Client);
            secret = gone.Services.GetDataProtector("cookies").Protect("kept");
        }

        (await StatusAsync(token)).Should().Be(HttpStatusCode.OK);
        fixture.Host.Services.GetDataProtector("cookies").Unprotect(secret).Should().Be("kept");
    }

    [Fact]
    public async Task An_unknown_user_and_a_wrong_password_look_alike()
    {
        var answers = new List<string>();
        foreach (var (userName, password) in new[] { ("nobody-at-all", "demo"), (SignIn.Administrator, "wrong") })
        {
            using var answer = await fixture.Host.Client.PostAsJsonAsync("/api/auth/token", new { userName, password });
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            var text = await answer.Content.ReadAsStringAsync();
            answers.Add(text.Split("\"traceId\"")[0]);
        }

        answers.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Every_missing_field_is_named()
    {
        using var answer = await fixture.Host.Client.PostAsJsonAsync("/api/auth/token", new { });
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("userName").And.Contain("password");
    }

    [Fact]
    public async Task What_is_no_JSON_gets_a_sentence()
    {
        using var answer = await fixture.Host.Client.PostAsync("/api/auth/token", new StringContent("{\"userName\":", Encoding.UTF8, "application/json"));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Felaktig JSON");
    }

    [Fact]
    public async Task A_token_that_was_changed_by_one_letter_is_refused()
    {
        var token = await SignIn.TokenAsync(fixture.Host.Client);
        var parts = token.Split('.');
        var forged = $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("admin", "agare", StringComparison.Ordinal))}.{parts[2]}";
        (await StatusAsync(forged)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused() =>
        (await StatusAsync(await TokenAsync(null, DateTime.UtcNow.AddHours(1)))).Should().Be(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_of_a_foreign_key_is_refused() =>
        (await StatusAsync(await TokenAsync(Foreign(SecurityAlgorithms.HmacSha256), DateTime.UtcNow.AddHours(1)))).Should().Be(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Our_key_with_another_algorithm_is_refused()
    {
        var key = await OurKeyAsync();
        (await StatusAsync(await TokenAsync(new SigningCredentials(key, SecurityAlgorithms.HmacSha256), DateTime.UtcNow.AddHours(1)))).Should().Be(HttpStatusCode.OK, "the key is ours");
        // By hand: the library makes no such token with a key of this length.
        var parts = (await TokenAsync(new SigningCredentials(key, SecurityAlgorithms.HmacSha256), DateTime.UtcNow.AddHours(1))).Split('.');
        var signed = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[0]).Replace("HS256", "HS512", StringComparison.Ordinal)) + "." + parts[1];
        signed += "." + Base64UrlEncoder.Encode(HMACSHA512.HashData(key.Key, Encoding.ASCII.GetBytes(signed)));
        (await StatusAsync(signed)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_expired_token_is_refused_by_the_machines_clock()
    {
        var key = new SigningCredentials(await OurKeyAsync(), SecurityAlgorithms.HmacSha256);
        (await StatusAsync(await TokenAsync(key, DateTime.UtcNow.AddMinutes(-2)))).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task F_7_a_token_of_our_key_without_a_session_or_with_an_invented_one_is_refused()
    {
        var key = new SigningCredentials(await OurKeyAsync(), SecurityAlgorithms.HmacSha256);
        foreach (var claims in new Claim[][] { [new("sub", SignIn.Administrator)], [new("sub", SignIn.Administrator), new("sid", Guid.NewGuid().ToString())], [new("sub", "agare"), new("sid", await SessionAsync())] })
        {
            var token = new JwtSecurityToken("caseworkflows", "caseworkflows", claims, DateTime.UtcNow, DateTime.UtcNow.AddHours(1), key);
            (await StatusAsync(new JwtSecurityTokenHandler().WriteToken(token))).Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task An_encrypted_token_is_refused()
    {
        var key = await OurKeyAsync();
        var handler = new JwtSecurityTokenHandler();
        var token = handler.CreateEncodedJwt(new SecurityTokenDescriptor
        {
            Issuer = "caseworkflows",
            Audience = "caseworkflows",
            Subject = new ClaimsIdentity([new Claim("sub", SignIn.Administrator), new Claim("sid", await SessionAsync())]),
            Expires = DateTime.UtcNow.AddHours(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
            EncryptingCredentials = new EncryptingCredentials(key, JwtConstants.DirectKeyUseAlg, SecurityAlgorithms.Aes128CbcHmacSha256),
        });
        token.Split('.').Should().HaveCount(5);
        (await StatusAsync(token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_unusual_size_is_refused() =>
        (await StatusAsync(await TokenAsync(new SigningCredentials(await OurKeyAsync(), SecurityAlgorithms.HmacSha256), DateTime.UtcNow.AddHours(1), new string('x', 9000))))
            .Should().Be(HttpStatusCode.Unauthorized);

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var answer = await SignIn.GetAsync(fixture.Host.Client, "/api/me", token);
        return answer.StatusCode;
    }

    private async Task<SymmetricSecurityKey> OurKeyAsync()
    {
        await using var read = fixture.Host.Database.DataSource.CreateCommand("SELECT key, id FROM signing_key");
        await using var rows = await read.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new SymmetricSecurityKey(rows.GetFieldValue<byte[]>(0)) { KeyId = rows.GetString(1) };
    }

    private static SigningCredentials Foreign(string algorithm) => new(new SymmetricSecurityKey(new byte[64]), algorithm);

    // With a session of its own, so that a refused token is refused for what is wrong with it.
    private async Task<string> TokenAsync(SigningCredentials? credentials, DateTime expires, string name = "Admin") =>
        new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken("caseworkflows", "caseworkflows",
            [new Claim("sub", SignIn.Administrator), new Claim("name", name), new Claim("sid", await SessionAsync())], expires.AddHours(-1), expires, credentials));

    private async Task<string> SessionAsync() =>
        new JwtSecurityTokenHandler().ReadJwtToken(await SignIn.TokenAsync(fixture.Host.Client)).Claims.Single(c => c.Type == "sid").Value;
}
