using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>What triggers see: business time and the objects that modules give.</summary>
internal sealed class TriggerContexts
{
    private readonly IAmbientProvider[] _providers;
    private readonly IExpressionGlobals[] _globals;

    public TriggerContexts(IEnumerable<IAmbientProvider> providers, IEnumerable<IExpressionGlobals> globals)
    {
        _providers = [.. providers];
        _globals = [.. globals];
    }

    /// <param name="connection">What is not in memory is read on it.</param>
    public async ValueTask<TriggerContext> AtAsync(DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct)
    {
        var ambient = new List<object>();
        foreach (var p in _providers) await p.AddAsync(ambient, now, connection, ct);
        return new TriggerContext(new BurstEnvironment { Now = now, Ambient = ambient, Globals = _globals });
    }
}
