using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// Word to the owner of an account of what somebody did to it, in the transaction of the deed. It goes whether or not notices of cases are
/// switched on, and belongs to no unit, whose staff would read it.
/// </summary>
/// <param name="addresses">E-mail addresses; none = to the telephone.</param>
internal sealed class AccountWord(
    CommandContext context, Person owner, IReadOnlyList<string> addresses, string? region, string subject, string text, DeliveryChannels channels) : IBurstParticipant
{
    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        if (addresses.Count == 0) Append(scope, batch, owner.Phone is null ? NoticeChannel.Email : NoticeChannel.Sms, owner.Phone);
        foreach (var address in addresses) Append(scope, batch, NoticeChannel.Email, address);
    }

    private void Append(BurstScope scope, NpgsqlBatch batch, string channel, string? address)
    {
        var id = Guid.CreateVersion7();
        var reaches = address is not null && channels.Has(channel);
        batch.Add("""
            INSERT INTO notice (id, unit, region, channel, recipient, to_resident, address, subject, text, at, delivery_state, trial)
            VALUES ($1, '', $2, $3, $4, false, $5, $6, $7, $8, $9, false)
            """, id, region ?? "", channel, owner.ShortName, Sql.Value(address), subject, text, context.Now, reaches ? DeliveryState.Queued : DeliveryState.NoChannel);
        if (reaches) scope.AddOutbox(NoticeMessage.Kind, new NoticeMessage(id, channel, owner.ShortName, address!, subject, text));
    }
}
