using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>The people of these tests; what real people may do is tested with the whole host.</summary>
public sealed class HeaderRights : IRoutineRights
{
    public const string Header = "X-Test-User";

    private static readonly HashSet<string> All = ["VGR", "RÖ", "RG", DefinitionFiles.Shared];

    public ValueTask<RoutineAccess?> OfAsync(HttpContext http) => new(Of(http.Request.Headers[Header].ToString()));

    public static RoutineAccess? Of(string user) => user switch
    {
        "anna" => new RoutineAccess { PersonId = "p-anna", PersonName = "Anna Ek", ReadRegions = All, EditRegions = All, PublishRegions = All },
        "bo" => new RoutineAccess { PersonId = "p-bo", PersonName = "Bo Alm", ReadRegions = All, EditRegions = All, PublishRegions = All },
        "vgr" => new RoutineAccess { PersonId = "p-vgr", PersonName = "Vera Gran", ReadRegions = new HashSet<string> { "VGR" }, EditRegions = new HashSet<string> { "VGR" }, PublishRegions = new HashSet<string> { "VGR" } },
        "ro" => new RoutineAccess { PersonId = "p-ro", PersonName = "Rolf Öman", ReadRegions = new HashSet<string> { "RÖ" }, EditRegions = new HashSet<string> { "RÖ" }, PublishRegions = new HashSet<string> { "RÖ" } },
        "revisor" => new RoutineAccess { PersonId = "p-rev", PersonName = "Rita Visor", ReadRegions = All },
        "utvecklare" => new RoutineAccess { PersonId = "p-dev", PersonName = "Ulla Veck", ReadRegions = All, EditRegions = All, PublishRegions = All, IsDeveloper = true },
        "automatik" => new RoutineAccess { PersonId = "api-nyckel", PersonName = "Automatik", ReadRegions = All, EditRegions = All, PublishRegions = All, IsDeveloper = true, IsAutomation = true },
        "personal" => new RoutineAccess { PersonId = "p-staff", PersonName = "Pia Sal" },
        _ => null,
    };
}
