using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Routes;

/// <summary>
/// Calls every registered route of both APIs and all pages as nobody and as each role of each region, and holds what each gets against the
/// table in <c>routes.md</c>. A new route that is not in the table fails. <c>ROUTES=1</c> writes the table anew: read the difference.
/// </summary>
public sealed class RouteWalkTests : IAsyncLifetime
{
    private RouteWorld _world = null!;

    public async Task InitializeAsync() => _world = await RouteWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Every_route_answers_everybody_as_the_table_says()
    {
        var people = await PeopleAsync();
        var rows = new List<string>();
        foreach (var route in RegisteredRoute.Of(_world.Host.Services).Where(r => !r.NeverEnds)) rows.Add(await RowAsync(route, people));

        var file = Table();
        if (Environment.GetEnvironmentVariable("ROUTES") == "1") await File.WriteAllTextAsync(file, Heading + string.Join('\n', rows) + "\n");
        var known = (await File.ReadAllLinesAsync(file)).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();
        rows.Except(known).Should().BeEmpty("a route that is new, or answers somebody otherwise, is decided on by a person who edits routes.md");
        known.Except(rows).Should().BeEmpty("what the table says is still there");
    }

    [Fact]
    public void F_2_no_value_of_an_address_is_left_to_what_says_nothing_when_it_cannot_be_read()
    {
        // The code that is made for endpoints answers 400 without a word where such a value is neither missing nor readable.
        var silent = _world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => (Endpoint: e, Method: e.Metadata.GetMetadata<MethodInfo>())).Where(e => e.Method is not null)
            .SelectMany(e => e.Method!.GetParameters().Where(p => Nullable.GetUnderlyingType(p.ParameterType) is not null).Select(p => $"{e.Endpoint.DisplayName}: {p.Name}"));
        silent.Should().BeEmpty("texts are read by readers that tell the field");
    }

    private const string Heading = """
        # Who gets what from which route

        Held against the running host by `RouteWalkTests`, which calls each route as nobody and as one user of every role in every region, on a
        case, task, routine and run of Onkologimottagning 1 (VGR) with the least body that is looked at before the right. 400 = may do it, and the
        body is refused; 302 and 303 = sent on; 401 = not signed in; 403 = refused inside the region; 404 = does not exist for them, or there is
        nothing of that id. "others" are all users not named in the row. To change it: run the test with `ROUTES=1`, and read the difference.

        | Route | nobody | users |
        |---|---|---|

        """;

    private async Task<string> RowAsync(RegisteredRoute route, IReadOnlyList<string> people)
    {
        var nobody = await _world.StatusAsync(route, null);
        var got = new Dictionary<int, List<string>>();
        foreach (var person in route.SignsIn ? [] : people)
        {
            var status = await _world.StatusAsync(route, person);
            if (!got.TryGetValue(status, out var list)) got[status] = list = [];
            list.Add(person);
            if (route.EndsSession) _world.Forget(person);
            if (!route.LeavesTheWorld && status < 400) await _world.RenewAsync();
        }

        var others = got.Count == 0 ? -1 : got.MaxBy(g => g.Value.Count).Key;
        var row = new StringBuilder($"| `{route}` | {nobody} |");
        foreach (var (status, list) in got.OrderBy(g => g.Key == others).ThenBy(g => g.Key))
            row.Append($" {status}: {(status == others ? got.Count == 1 ? "all" : "others" : string.Join(", ", list))} ·");
        if (route.SignsIn) row.Append(" who is signed in does not matter");
        return row.ToString().TrimEnd('·', ' ') + " |";
    }

    /// <summary>One user of every set of roles at every kind of place: enough to tell them apart, few enough to walk with.</summary>
    private async Task<IReadOnlyList<string>> PeopleAsync()
    {
        await using var command = _world.Host.Database.DataSource.CreateCommand("""
            SELECT p.data ->> 'userName', string_agg(DISTINCT (a.data ->> 'role') || '@' || (a.data ->> 'unit'), ' ')
            FROM reference p JOIN reference a ON a.kind = 'role_assignment' AND a.data ->> 'person' = p.id
            WHERE p.kind = 'person' GROUP BY 1 ORDER BY 1
            """);
        var seen = new HashSet<string>();
        var people = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (seen.Add(reader.GetString(1))) people.Add(reader.GetString(0));
        people.Should().HaveCountGreaterThan(20);
        return people;
    }

    private static string Table([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "routes.md");
}
