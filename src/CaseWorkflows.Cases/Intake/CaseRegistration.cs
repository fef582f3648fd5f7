using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Intake;

/// <summary>What comes with a new case into its first transaction: the attached files and the call's idempotency key.</summary>
internal sealed class CaseRegistration(CaseRecord record, CaseDraft draft, CommandContext context) : IBurstParticipant
{
    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        foreach (var (name, contentType, content) in draft.Attachments)
        {
            batch.Add("INSERT INTO attachment (id, case_id, name, content_type, size, content, at, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                Guid.CreateVersion7(), record.Id, name, contentType, content.Length, Sql.Value(content), scope.Now, record.Region);
        }

        context.Idempotency?.Append(batch, $"case:{record.Id}");
    }
}
