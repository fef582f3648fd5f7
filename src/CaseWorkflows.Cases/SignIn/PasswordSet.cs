using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The statements of a password that somebody set for another; only while the roles by which that was decided still stand.</summary>
internal sealed class PasswordSet(CommandContext context, Person owner, string region, string hash) : IBurstParticipant
{
    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        batch.Add("SELECT reference_expect($1)", new NpgsqlParameter { Value = context.Reference.Version });
        Accounts.Set(batch, owner.Id, owner.UserName!, hash, setBy: context.Actor.PersonId ?? context.Actor.Kind, context.Now);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Lösenord satt", Actor = context.Actor, At = context.Now, Region = region, After = owner.UserName, Source = context.Source,
        });
    }
}
