using System.Security.Claims;
using CaseWorkflows.Host.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseWorkflows.Host.Authentication;

/// <summary>Issues access tokens and says how they are checked.</summary>
internal sealed class AccessTokens(SigningKeys keys, HostSettings settings)
{
    /// <summary>Bytes of a token at most: ours are some hundred, and an attacker's is refused before it is parsed.</summary>
    public const int LongestToken = 8192;

    private const string Party = "caseworkflows";

    public TimeSpan Lifetime => settings.TokenLifetime;

    /// <summary>A token for a person. Follows the machine's clock, never the business clock.</summary>
    public string Issue(IEnumerable<Claim> claims)
    {
        var now = DateTime.UtcNow;
        return Handler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Party,
            Audience = Party,
            Subject = new ClaimsIdentity(claims),
            NotBefore = now,
            IssuedAt = now,
            Expires = now + Lifetime,
            SigningCredentials = keys.Credentials,
        });
    }

    /// <summary>Reads and writes tokens with the claims' own names, and refuses what is too long before it is parsed.</summary>
    public static JsonWebTokenHandler Handler() => new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <summary>
    /// Signed tokens only, one algorithm, no decryption keys.
    /// The keys are asked for at each check, so that they may be read after the migrations.
    /// </summary>
    public TokenValidationParameters Validation() => new()
    {
        ValidIssuer = Party,
        ValidAudience = Party,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKeyResolver = (_, _, id, _) => keys.Verifying.Where(key => id is null || key.KeyId == id),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromSeconds(30),
        NameClaimType = "name",
        RoleClaimType = "role",
    };
}
