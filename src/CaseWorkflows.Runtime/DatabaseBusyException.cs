namespace CaseWorkflows.Runtime;

/// <summary>The database has undone the same transaction for others' sake at every try. Nothing was changed; the same call may be made again.</summary>
public sealed class DatabaseBusyException(Exception inner) : DatabaseUnavailableException(inner);
