using System.IdentityModel.Tokens.Jwt;
using CaseWorkflows.Host.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CaseWorkflows.Host.Authentication;

/// <summary>Cookie for browsers, bearer token for integrations; the request decides which, and both hold the same claims.</summary>
internal static class AuthenticationSetup
{
    public const string CookieName = "caseworkflows";

    private const string CookieOrBearer = "CookieOrBearer";

    public static void AddHostAuthentication(this IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(s => settings.SigningKey is { } key ? SigningKeys.Fixed(key) : new SigningKeys(s.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<AccessTokens>();
        services.AddDataProtection().SetApplicationName("CaseWorkflows");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new DataProtectionKeys(s.GetRequiredService<NpgsqlDataSource>())));

        services.AddAuthentication(CookieOrBearer)
            .AddPolicyScheme(CookieOrBearer, null, o =>
            {
                o.ForwardDefaultSelector = http => HasBearer(http.Request) ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme;
                o.ForwardSignIn = o.ForwardSignOut = CookieAuthenticationDefaults.AuthenticationScheme;
            })
            .AddCookie(o =>
            {
                o.Cookie.Name = CookieName;
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = settings.IsDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
                o.LoginPath = "/logga-in";
                o.ReturnUrlParameter = "returnUrl";
                o.ExpireTimeSpan = settings.TokenLifetime;
                o.SlidingExpiration = true;
                // A program gets the status; only a person's page load is sent to the sign-in page.
                o.Events.OnRedirectToLogin = redirect =>
                {
                    if (IsPageLoad(redirect.Request)) redirect.Response.Redirect(redirect.RedirectUri);
                    else redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    return Task.CompletedTask;
                };
                o.Events.OnRedirectToAccessDenied = redirect =>
                {
                    redirect.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            })
            .AddJwtBearer();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(s =>
            new ConfigureNamedOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, o => ConfigureBearer(o, s.GetRequiredService<AccessTokens>())));
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static bool HasBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static void ConfigureBearer(JwtBearerOptions o, AccessTokens tokens)
    {
        o.TokenValidationParameters = tokens.Validation();
        o.SecurityTokenValidators.Clear();
        o.SecurityTokenValidators.Add(new JwtSecurityTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = AccessTokens.LongestToken });
        o.IncludeErrorDetails = false;   // why a token is refused helps only who forges one
        o.SaveToken = false;
    }

    private static bool IsPageLoad(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
