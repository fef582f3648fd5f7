using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Notices of a burst: one row and one outbox message per recipient.</summary>
internal static class NoticeSql
{
    public static void Queue(NpgsqlBatch batch, NoticeQueued notice, BurstScope scope, CaseScope cases, DeliveryChannels channels, Action<string, string?> history)
    {
        var reference = cases.Reference;
        var region = cases.Case?.Region ?? reference.RegionOf(notice.UnitId) ?? scope.Region;
        var channel = notice.Channel ?? (notice.ToResident ? NoticeChannel.Sms : reference.Regions.GetValueOrDefault(region)?.NoticeChannel) ?? NoticeChannel.Email;
        var isBare = cases.WaysSpell && !notice.ToOperators;
        var text = Fill(isBare ? NoticeQueued.Bare : notice.Text, notice, cases, channels);
        var subject = notice.Subject is null || isBare ? null : Fill(notice.Subject, notice, cases, channels);

        if (notice.ToResident)
        {
            var blocked = cases.Case?.IsProtected != false;
            Insert("Invånaren", null, cases.Case?.Patient?.Phone, blocked ? DeliveryState.Blocked : null);
            return;
        }

        if (channel == NoticeChannel.UnitPhone)
        {
            var unit = reference.Units.GetValueOrDefault(notice.UnitId);
            Insert(unit?.Name ?? notice.UnitId, null, unit?.NoticePhone, null);
            return;
        }

        var (heldBy, heldAs) = notice.ToTaskHolders ? cases.TaskHolders() : ([], []);
        var people = notice.Persons.Concat(heldBy).Concat(notice.Roles.Concat(heldAs).SelectMany(r => reference.Holders(r.Role, r.Unit, includeCover: true)).Select(p => p.Id)).Distinct();
        foreach (var id in people)
        {
            if (reference.FindPerson(id) is not { } person) continue;
            Insert(person.ShortName, person.Id, Address(person, channel), notice.ToOperators || cases.MayHear(id, notice.UnitId) ? null : DeliveryState.Blocked);
        }

        void Insert(string recipient, string? personId, string? address, string? state)
        {
            var id = Guid.CreateVersion7();
            state ??= scope.Trial ? DeliveryState.Trial : address is null || !channels.Has(channel) ? DeliveryState.NoChannel : DeliveryState.Queued;
            batch.Add("""
                INSERT INTO notice (id, case_id, unit, region, channel, recipient, to_resident, address, subject, text, rule, at, delivery_state, trial)
                VALUES ($1, (SELECT c.id FROM cases c WHERE c.id = $2 AND c.region = $4), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                """,
                id, Sql.Value(notice.CaseId ?? cases.Case?.Id), notice.UnitId, region, channel, recipient, personId is null && notice.ToResident,
                Sql.Value(address), Sql.Value(subject), text, Sql.Value(notice.Rule), scope.Now, state, scope.Trial);
            if (state == DeliveryState.Queued)
                scope.AddOutbox(NoticeMessage.Kind, new NoticeMessage(id, channel, recipient, address!, subject, text));
            history(state switch { DeliveryState.NoChannel => "Avisering utan kanal", DeliveryState.Blocked when personId is not null => "Avisering spärrad", _ => "Avisering skapad" }, $"{channel}: {recipient}");
        }
    }

    private static string? Address(Person person, string channel) =>
        channel == NoticeChannel.Email ? person.EmailNotice ? person.Email : null : person.Phone;

    // Only what D-10 allows: unit, case number, case type and link.
    private static string Fill(string text, NoticeQueued notice, CaseScope cases, DeliveryChannels channels)
    {
        var record = cases.Case;
        return text
            .Replace("{ärendenummer}", notice.CaseNumber ?? record?.CaseNumber ?? "", StringComparison.Ordinal)
            .Replace("{enhet}", cases.Reference.UnitName(notice.UnitId), StringComparison.Ordinal)
            .Replace("{ärendetyp}", notice.CaseType ?? (record is null ? "" : cases.Reference.CaseTypes.TryGetValue(record.CaseType, out var type) ? type.Name : record.CaseType), StringComparison.Ordinal)
            .Replace("{länk}", channels.Link(notice.CaseId is null && record is null ? "/" : $"/arenden/{notice.CaseId ?? record!.Id}"), StringComparison.Ordinal);
    }
}
