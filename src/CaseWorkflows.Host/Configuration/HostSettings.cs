using System.Globalization;
using System.Net;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Host.Authentication;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Host.Configuration;

/// <summary>What the host is started with, read and checked once. Key names are those of README.md.</summary>
public sealed record HostSettings
{
    /// <summary>The password in the examples: refused outside Development.</summary>
    public const string DefaultDemoPassword = "demo";

    private const int ShortestSigningKey = 32;   // bytes: HMAC-SHA256 wants a key as long as its hash

    /// <summary>Clock:Mode. Manual only in Development.</summary>
    public ClockMode ClockMode { get; private init; }

    /// <summary>Clock:Now seeds the manual clock of an empty database; null: the machine's time.</summary>
    public DateTimeOffset? ClockNow { get; private init; }

    /// <summary>Data:Directory, absolute. Holds the embedded PostgreSQL; unused with a connection string.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>ConnectionStrings:CaseWorkflows: a PostgreSQL server in place of the embedded one.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>ConnectionStrings:Migrations: the same server and database as the role that owns the tables. Null: the embedded server's, or nobody migrates.</summary>
    public string? MigrationsConnectionString { get; private init; }

    /// <summary>Database:AllowOwner. True: outside Development too the role that answers calls may own the tables.</summary>
    public bool AllowOwner { get; private init; }

    /// <summary>Keys:Encryption and Keys:Earlier; without them the keys in the database lie open.</summary>
    public KeyEncryption KeyEncryption { get; private init; } = KeyEncryption.None;

    /// <summary>Demo:Password of the users made in Development; null elsewhere: no such users.</summary>
    public string? DemoPassword { get; private init; }

    /// <summary>Workflows:Directory: routines and reference data that an empty database starts with.</summary>
    public required string WorkflowsDirectory { get; init; }

    /// <summary>Authentication:SigningKey, in place of the key that the first host makes in the database.</summary>
    public byte[]? SigningKey { get; private init; }

    /// <summary>Authentication:TokenLifetime, machine time.</summary>
    public TimeSpan TokenLifetime { get; private init; }

    /// <summary>Limits:RequestBody, bytes.</summary>
    public long MaxRequestBody { get; private init; }

    /// <summary>Limits:CallsAtOnce, of one session on this host; more wait for their turn.</summary>
    public int CallsAtOnce { get; private init; }

    /// <summary>Proxies:Known: addresses and networks whose X-Forwarded-For, -Proto and -Host are believed.</summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; private init; } = [];

    /// <summary>Site:Address: where people reach the pages, for links in notices; without a slash at the end.</summary>
    public string? SiteAddress { get; private init; }

    /// <summary>SignIn:ShortestPassword, characters.</summary>
    public int ShortestPassword { get; private init; }

    /// <summary>SignIn:WrongPasswordsPerMinute, from one address on one host.</summary>
    public int WrongPasswordsPerMinute { get; private init; }

    /// <summary>Workers:Run. False: this host answers calls and leaves timers and jobs to others.</summary>
    public bool RunWorkers { get; private init; }

    public required bool IsDevelopment { get; init; }

    /// <summary>Throws <see cref="HostConfigurationException"/> with everything that is wrong.</summary>
    public static HostSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var reader = new SettingReader(configuration);
        var development = environment.IsDevelopment();
        var mode = reader.Value("Clock:Mode", ClockMode.System, text => Enum.TryParse<ClockMode>(text, ignoreCase: true, out var m) && Enum.IsDefined(m) ? m : null,
            "System or Manual");
        var now = reader.Optional("Clock:Now", text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var t) ? t : (DateTimeOffset?)null,
            "an instant such as 2026-04-02T14:00:00+02:00");
        var demo = configuration["Demo:Password"];
        var key = configuration["Authentication:SigningKey"] is { Length: > 0 } text ? System.Text.Encoding.UTF8.GetBytes(text) : null;
        var settings = new HostSettings
        {
            IsDevelopment = development,
            ClockMode = mode,
            ClockNow = now,
            DataDirectory = Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } d ? d : "data"),
            ConnectionString = configuration.GetConnectionString("CaseWorkflows") is { Length: > 0 } c ? c : null,
            MigrationsConnectionString = configuration.GetConnectionString("Migrations") is { Length: > 0 } m ? m : null,
            AllowOwner = reader.Value("Database:AllowOwner", false, t => bool.TryParse(t, out var allow) ? allow : null, "true or false"),
            KeyEncryption = Encryption(configuration, development, reader),
            DemoPassword = development ? (demo is { Length: > 0 } ? demo : DefaultDemoPassword) : null,
            WorkflowsDirectory = configuration["Workflows:Directory"] is { Length: > 0 } w ? Path.GetFullPath(w) : DefaultFolders.Workflows(),
            SigningKey = key,
            TokenLifetime = reader.Value("Authentication:TokenLifetime", TimeSpan.FromHours(10),
                t => TimeSpan.TryParse(t, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero && span <= TimeSpan.FromDays(7) ? span : null, "a time such as 10:00:00, at most 7 days"),
            MaxRequestBody = reader.Value("Limits:RequestBody", 20L * 1024 * 1024,
                t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= 65_536 and <= 1_073_741_824 ? bytes : null, "bytes, 65536 to 1073741824"),
            CallsAtOnce = reader.Value("Limits:CallsAtOnce", 64, t => Whole(t, 1, 1_000), "a number from 1 to 1000"),
            KnownProxies = Networks(configuration["Proxies:Known"], reader),
            SiteAddress = reader.OptionalText("Site:Address", Site, "an address such as https://arenden.example.se"),
            ShortestPassword = reader.Value("SignIn:ShortestPassword", 12, t => Whole(t, 8, 64), "a number from 8 to 64"),
            WrongPasswordsPerMinute = reader.Value("SignIn:WrongPasswordsPerMinute", 30, t => Whole(t, 1, 10_000), "a number from 1 to 10000"),
            RunWorkers = reader.Value("Workers:Run", true, t => bool.TryParse(t, out var run) ? run : null, "true or false"),
        };

        if (!development)
        {
            if (mode == ClockMode.Manual) reader.Problem("Clock:Mode=Manual exists only in Development: patients' deadlines follow the real clock.");
            if (now is not null) reader.Problem("Clock:Now exists only in Development.");
            if (configuration["Administrator:Password"] is { Length: > 0 } first
                && PasswordRules.FaultOf(first, "admin", settings.ShortestPassword) is { } fault) reader.Problem($"Administrator:Password: {fault}");
            if (!string.IsNullOrEmpty(demo)) reader.Problem("Demo:Password exists only in Development: demo users have a known password.");
        }
        else if (now is not null && mode == ClockMode.System)
        {
            reader.Problem("Clock:Now needs Clock:Mode=Manual.");
        }

        if (key is { Length: < ShortestSigningKey }) reader.Problem($"Authentication:SigningKey must hold at least {ShortestSigningKey} bytes.");
        if (key is not null && !development && IsExampleKey(key)) reader.Problem("Authentication:SigningKey is an example, not a secret: leave it out (a random key is then kept in the database) or set your own.");
        foreach (var (name, connection) in (ReadOnlySpan<(string, string?)>)[("CaseWorkflows", settings.ConnectionString), ("Migrations", settings.MigrationsConnectionString)])
        {
            if (connection is not null && !IsConnectionString(connection)) reader.Problem($"ConnectionStrings:{name} is not a PostgreSQL connection string such as Host=db;Database=caseworkflows;Username=…;Password=….");
        }

        if (settings is { ConnectionString: null, MigrationsConnectionString: not null }) reader.Problem("ConnectionStrings:Migrations needs ConnectionStrings:CaseWorkflows beside it.");
        if (configuration["Workflows:Directory"] is { Length: > 0 } && !Directory.Exists(settings.WorkflowsDirectory)) reader.Problem($"Workflows:Directory: {settings.WorkflowsDirectory} does not exist.");
        reader.ThrowIfAny();
        return settings;
    }

    private static KeyEncryption Encryption(IConfiguration configuration, bool development, SettingReader reader)
    {
        var key = configuration["Keys:Encryption"] is { Length: > 0 } k ? k : null;
        var earlier = (configuration["Keys:Earlier"] ?? "").Split([';', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var (name, text) in earlier.Select(e => ("Keys:Earlier", e)).Prepend(("Keys:Encryption", key!)).Where(s => s.Item2 is not null))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            if (bytes.Length < ShortestSigningKey) reader.Problem($"{name}: a key must hold at least {ShortestSigningKey} bytes, such as openssl rand -base64 32 makes.");
            else if (!development && IsExampleKey(bytes)) reader.Problem($"{name} is an example, not a secret: openssl rand -base64 32 makes one.");
        }

        return new KeyEncryption(key, earlier);
    }

    /// <summary>A key somebody typed to get going: one character repeated, or words that say so.</summary>
    private static bool IsExampleKey(byte[] key)
    {
        var text = System.Text.Encoding.UTF8.GetString(key);
        return key.Distinct().Count() < 8
            || ((string[])["change", "example", "default", "secret", "development", "demo", "hemlig"]).Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Site(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" }
            ? address.AbsoluteUri.TrimEnd('/')
            : null;

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static List<IPNetwork> Networks(string? text, SettingReader reader)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else reader.Problem($"Proxies:Known: ”{part}” is not an address such as 10.0.0.5 or a network such as 10.0.0.0/24.");
        }

        return networks;
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
