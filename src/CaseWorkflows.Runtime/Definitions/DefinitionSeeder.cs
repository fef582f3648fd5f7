using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Puts the routines of the folder <c>workflows</c> into an empty database and publishes them.</summary>
public sealed class DefinitionSeeder(NpgsqlDataSource source, IDefinitionStore store)
{
    /// <summary>Whether the database has no routine yet, and the folder is there to read.</summary>
    public async Task<bool> IsNeededAsync(string folder, CancellationToken cancellationToken) => Directory.Exists(folder) && !await HasAnyAsync(cancellationToken);

    /// <summary>How many routines were put in and published; 0 when the database already had some.</summary>
    /// <param name="folder">One definition per file, in a folder per region; <c>reference</c> holds other data and is passed over.</param>
    /// <param name="withheld">Paths of files that the check has refused: they are put in as drafts, or left out when they are no definitions or have another's id.</param>
    /// <param name="failed">Told of what else cannot be put in, with a Swedish sentence: one bad file never keeps a host from starting.</param>
    public async Task<int> SeedAsync(string folder, DateTimeOffset at, CancellationToken cancellationToken, IReadOnlySet<string>? withheld = null, Action<string, string>? failed = null)
    {
        if (!await IsNeededAsync(folder, cancellationToken)) return 0;
        var change = DefinitionChange.ByProduct(at, "Inläst vid första start");
        var imported = new List<string>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        // All of them before any is published: routines call each other.
        foreach (var file in DefinitionFiles.In(folder))
        {
            try
            {
                var document = DefinitionDocument.FromOutside(await File.ReadAllTextAsync(file.Path, cancellationToken));
                var id = DefinitionDocument.String(document, "definitionId") ?? Path.GetFileNameWithoutExtension(file.Path);
                if (!paths.TryAdd(id, file.Path)) continue;
                var saved = await store.SaveAsync(new SaveDraft
                {
                    DefinitionId = id,
                    Document = document,
                    Region = file.Region,
                    Change = change,
                    Force = true,
                    PreferredVersionId = DefinitionDocument.String(document, "id"),
                    Event = "Inläst från fil",
                }, cancellationToken);
                if (withheld?.Contains(file.Path) != true) imported.Add(saved.Version.DefinitionId);
            }
            catch (Exception e) when (IsOfFile(e))
            {
                if (withheld?.Contains(file.Path) != true) failed?.Invoke(file.Path, e is DefinitionRefusedException ? e.Message : FaultText.Of(e));
            }
        }

        return await PublishAsync(imported, change, (id, problem) => failed?.Invoke(paths[id], problem), cancellationToken);
    }

    /// <summary>Those that others use as steps before those others; what does not compile even then stays a draft.</summary>
    private async Task<int> PublishAsync(List<string> ids, DefinitionChange change, Action<string, string> failed, CancellationToken cancellationToken)
    {
        var left = ids;
        while (true)
        {
            var refused = new List<string>();
            foreach (var id in left)
            {
                try
                {
                    await store.PublishAsync(id, change, cancellationToken);
                }
                catch (DefinitionException)
                {
                    refused.Add(id);
                }
                catch (Exception e) when (IsOfFile(e))
                {
                    refused.Add(id);
                    failed(id, FaultText.Of(e));
                }
            }

            if (refused.Count == 0 || refused.Count == left.Count) return ids.Count - refused.Count;
            left = refused;
        }
    }

    /// <summary>The file's fault: neither the database nor whoever ends the host.</summary>
    private static bool IsOfFile(Exception e) => e is not (OperationCanceledException or NpgsqlException { SqlState: null } or OutOfMemoryException);

    private async Task<bool> HasAnyAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select 1 from workflow_definition)");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
