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
        services.AddSingleton(s => settings.SigningKey is { } key ? SigningKeys.Fixed(key) : new SigningKeys(s.GetRequiredService<NpgsqlDataSource>(), settings.KeyEncryption));
        services.AddSingleton<AccessTokens>();
        services.AddDataProtection().SetApplicationName("CaseWorkflows");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new DataProtectionKeys(s.GetRequiredService<NpgsqlDataSource>(), settings.KeyEncryption)));

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
                o.ExpireTimeSpan = settings.TokenLifetime;
                o.SlidingExpiration = true;
                o.Events.OnValidatePrincipal = async cookie =>
                {
                    if (await SessionCheck.IsAliveAsync(cookie.HttpContext, cookie.Principal, prolong: true)) return;
                    cookie.RejectPrincipal();
                    if (!SessionCheck.IsPublicFile(cookie.HttpContext)) await cookie.HttpContext.SignOutAsync(cookie.Scheme.Name);
                };
                // A program gets the status; only a person's page load is sent to the sign-in page. The address names no host: that came from the caller.
                o.Events.OnRedirectToLogin = redirect =>
                {
                    if (IsPageLoad(redirect.Request)) redirect.Response.Redirect(SignInAddress(redirect.Request));
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
        // The handlers that the library brings map claims to names of its own and take a quarter of a megabyte.
        o.TokenHandlers.Clear();
        o.TokenHandlers.Add(AccessTokens.Handler());
        o.Events = new JwtBearerEvents
        {
            OnTokenValidated = async token =>
            {
                if (!await SessionCheck.IsAliveAsync(token.HttpContext, token.Principal, prolong: false)) token.Fail("The session has ended.");
            },
        };
        o.IncludeErrorDetails = false;   // why a token is refused helps only who forges one
        o.SaveToken = false;
    }

    /// <summary>Where a person signs in and comes back from.</summary>
    public static string SignInAddress(HttpRequest request) => "/logga-in?returnUrl=" + Uri.EscapeDataString(request.Path + request.QueryString);

    public static bool IsPageLoad(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
