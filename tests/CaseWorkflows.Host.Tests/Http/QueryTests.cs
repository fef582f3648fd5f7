using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using CaseWorkflows.Host.Tests.Routes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>Addresses whose values are of no kind that is asked for, of every page and call that reads any. One that is added later is tried too.</summary>
public sealed class QueryTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static readonly string[] Odd = ["abc", "-1", "99999999999999999999", "1e400", "2026-02-30", "9999-12-31", "%00", "%FF%ED%A0%80", "å'%20OR%201%3D1--%25", ""];

    [Fact]
    public async Task F_3_F_6_no_value_in_an_address_makes_a_page_or_a_call_fail()
    {
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, SignIn.Administrator);
        var (routes, refused) = (0, 0);
        foreach (var (pattern, names) in Readers())
        {
            routes++;
            var page = !Regex.IsMatch(pattern, "^/(api|elsa|openapi|health)");
            var path = Filled(pattern);
            // Those of a kind of their own one by one, for each is refused by itself; the texts together.
            var tries = Odd.SelectMany(odd => names.Where(n => !n.IsText).Select(n => (Names: new[] { n.Name }, Odd: odd)).Append((Names: [.. names.Where(n => n.IsText).Select(n => n.Name)], Odd: odd)));
            foreach (var (asked, odd) in tries.Where(t => t.Names.Length > 0))
            {
                using var answer = await browser.GetAsync($"{path}?{string.Join('&', asked.Select(n => $"{n}={odd}"))}");
                var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
                var which = $"{path} {string.Join(',', asked)}={odd}";
                ((int)answer.StatusCode).Should().BeLessThan(500, $"{which}: {text}");
                if (answer.StatusCode != HttpStatusCode.BadRequest) continue;
                refused++;
                text.Should().NotContainAny("Failed to", "Exception", "Required parameter").And.MatchRegex("[åäö]", which);
                if (page) text.Should().Contain("lang=\"sv\"", which);
                if (asked.Length == 1 && !names.Single(n => n.Name == asked[0]).IsText) text.Should().Contain(asked[0], $"{which}: the value is told");
            }
        }

        routes.Should().BeGreaterThan(30);
        refused.Should().BeGreaterThan(20);
    }

    private static string Filled(string pattern) => Regex.Replace(pattern, @"\{(\w+)[^}]*\}", place => place.Groups[1].Value switch
    {
        "definitionId" => "onk-arende",
        "unitId" => "onk1",
        "name" => pattern.Contains("/lists/", StringComparison.Ordinal) ? "flaggade" : "statistik",
        _ => "0196f000-0000-7000-8000-000000000000",
    });

    /// <summary>Every GET that takes something from its query, with the names of what it takes and whether that is read as a text.</summary>
    private IEnumerable<(string Pattern, IReadOnlyList<(string Name, bool IsText)> Names)> Readers() =>
        from endpoint in fixture.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let route = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
        let names = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => !route.Contains(p.Name) && IsValue(p.ParameterInfo)).Select(p => (p.Name, IsText: p.ParameterInfo.ParameterType == typeof(string))).ToList()
        where names.Count > 0 && !pattern.Contains("/events", StringComparison.Ordinal)
        orderby pattern
        select (pattern, (IReadOnlyList<(string, bool)>)names);

    private static bool IsValue(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(Guid) || type == typeof(DateOnly) || type == typeof(DateTimeOffset) || type == typeof(decimal);
    }
}
