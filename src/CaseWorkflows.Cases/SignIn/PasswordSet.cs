using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The statements of a password that somebody set for another, in one transaction with the word to its owner.</summary>
internal sealed class PasswordSet(CommandContext context, Person owner, string unit, string region, string hash, DeliveryChannels channels) : IBurstParticipant
{
    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
    }

    public ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) => ValueTask.CompletedTask;

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        var own = owner.Id == context.Actor.PersonId;
        Accounts.Set(batch, owner.Id, owner.UserName!, hash, setBy: own ? null : context.Actor.PersonId ?? context.Actor.Kind, context.Now);
        if (!own) Tell(scope, batch);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Lösenord satt", Actor = context.Actor, At = context.Now, Region = region, After = owner.UserName, Source = context.Source,
        });
    }

    public void Committed(BurstScope scope)
    {
    }

    /// <summary>To the e-mail address whether or not notices of cases are switched on; else to the telephone.</summary>
    private void Tell(BurstScope scope, NpgsqlBatch batch)
    {
        var id = Guid.CreateVersion7();
        var channel = owner.Email is null && owner.Phone is not null ? NoticeChannel.Sms : NoticeChannel.Email;
        var address = owner.Email ?? owner.Phone;
        var reaches = address is not null && channels.Has(channel);
        const string Subject = "Ditt lösenord har bytts";
        var text = $"{context.Actor.DisplayName} har satt ett nytt lösenord för {owner.UserName}. Var det inte väntat: kontakta den som sköter behörigheter.";
        batch.Add("""
            INSERT INTO notice (id, unit, region, channel, recipient, to_resident, address, subject, text, at, delivery_state, trial)
            VALUES ($1, $2, $3, $4, $5, false, $6, $7, $8, $9, $10, false)
            """, id, unit, region, channel, owner.ShortName, Sql.Value(address), Subject, text, context.Now, reaches ? DeliveryState.Queued : DeliveryState.NoChannel);
        if (reaches) scope.AddOutbox(NoticeMessage.Kind, new NoticeMessage(id, channel, owner.ShortName, address!, Subject, text));
    }
}
