using Npgsql;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Told inside the transaction that publishes or retracts, so that triggers and versions can never disagree.</summary>
public interface IPublicationListener
{
    Task ChangedAsync(Publication publication, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}
