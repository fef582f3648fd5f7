using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Intake;

/// <summary>Checks an incoming case, all fields at once.</summary>
internal sealed class CaseRequestValidator(CommandContext context)
{
    public static readonly IReadOnlyList<string> Channels = ["1177 e-tjänster", "1177 direkt", "App", "1177 telefon", "Enhet"];

    /// <summary>Of what staff take down themselves; the others' messages come with the sending system's ids.</summary>
    private static readonly string StaffChannel = Channels[^1];

    private readonly Dictionary<string, string[]> _errors = [];
    private readonly HashSet<string> _faulty = [];

    public CaseDraft Validate(CaseRegistrationRequest request)
    {
        foreach (var (field, messages) in request.Faults)
        {
            _errors[field] = messages;
            _faulty.Add(field.Split('.', '[')[0]);
            _faulty.Add(field);
        }

        var unit = ReadUnit(request.Unit);
        var type = ReadType(request.CaseType, unit);
        var channel = ReadChannel(request.Channel);
        var arrivedAt = ReadArrival(request.ArrivedAt);
        var team = ReadNumber("team", request.Team, 1, 999, allowUnknown: true);
        var priority = ReadNumber("priority", request.Priority, 1, 12, allowUnknown: false);
        var patient = ReadPatient(request.Patient);
        var sender = ReadSender(request.Sender);
        var attachments = SentFiles.Read(request.Attachments, "attachments", Fail);
        var fields = (JsonObject?)request.Fields?.DeepClone() ?? [];
        Limit("externalId", request.ExternalId, TextLimits.Name);
        Limit("externalId", request.FormKey, TextLimits.Name);
        if (!SoundText.IsBlank(request.ExternalId) && context.Actor.Kind != ActorKind.Integration && channel != StaffChannel)
            Fail("externalId", $"Externt id i kanalen {channel} sätts av det anslutna systemet. Lämna det tomt.");
        else if (RegisterCase.IsOfBrowser(request.ExternalId))
            Fail("externalId", $"Externa id som börjar med {RegisterCase.BrowserPrefix} är webbformulärets egna. Ange ett annat.");
        Limit("subject", request.Subject, TextLimits.Subject);
        Limit("text", request.Text, TextLimits.Text);
        if (type is not null) ReadFields(type, fields);

        return _errors.Count == 0
            ? new CaseDraft(unit!, type!, request.CaseType!.Trim(), channel, arrivedAt, team, priority, patient, sender, fields, attachments)
            : throw new ValidationFailedException(_errors);
    }

    private Unit? ReadUnit(string? text)
    {
        if (SoundText.IsBlank(text))
        {
            Fail("unit", "Enhet krävs.");
            return null;
        }

        if (context.Reference.FindUnit(text) is not { } unit)
        {
            Fail("unit", $"Enheten ”{text}” finns inte.");
            return null;
        }

        if (!context.Actor.InRegion(unit.Region)) throw new NotFoundException();
        if (!context.Actor.May(Permissions.CaseRegister, unit.Id)) throw new ForbiddenException("Registrera ärende", unit: unit.Id);
        if (!unit.Activated) Fail("unit", $"{unit.Name} är inte ansluten till tjänsten.");
        return unit;
    }

    private CaseType? ReadType(string? text, Unit? unit)
    {
        if (SoundText.IsBlank(text))
        {
            Fail("caseType", "Ärendetyp krävs.");
            return null;
        }

        var type = context.Reference.FindCaseType(text, unit);
        if (type is null) Fail("caseType", $"Ärendetypen ”{text}” finns inte.");
        return type;
    }

    private string ReadChannel(string? text)
    {
        if (SoundText.IsBlank(text)) return context.Actor.Kind == ActorKind.Integration ? Channels[0] : StaffChannel;
        var channel = Channels.FirstOrDefault(c => string.Equals(c, text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (channel is null) Fail("channel", $"Kanalen ska vara en av: {string.Join(", ", Channels)}.");
        return channel ?? Channels[0];
    }

    private DateTimeOffset ReadArrival(JsonNode? node)
    {
        if (node is null || SoundText.IsBlank(node.ToString())) return context.Now;
        if (IsoText.Instant(node.ToString(), context.Now) is not { } at)
        {
            Fail("arrivedAt", IsoText.InstantFault);
            return context.Now;
        }

        if (at > context.Now) Fail("arrivedAt", "Ankomsttiden ligger i framtiden.");
        else if (at < context.Now.AddYears(-5)) Fail("arrivedAt", "Ankomsttiden ligger mer än fem år tillbaka.");
        return at;
    }

    private int? ReadNumber(string field, JsonNode? node, int min, int max, bool allowUnknown)
    {
        if (node is null) return null;
        var text = node.ToString().Trim();
        if (text.Length == 0 || (allowUnknown && string.Equals(text, "okänt", StringComparison.OrdinalIgnoreCase))) return null;
        if (NumberText.Integer(node, min, max) is { } number) return number;
        Fail(field, $"Ange ett heltal mellan {min} och {max}.");
        return null;
    }

    private CasePatient? ReadPatient(JsonObject? patient)
    {
        if (patient is null) return null;
        foreach (var name in (string[])["name", "homeRegion", "phone"]) Limit($"patient.{name}", Text(patient, name), TextLimits.Name);
        string? number = null;
        DateOnly? birth = null;
        // The date of a reserve number is what was thought when it was given.
        var estimated = false;
        if (Text(patient, "personalNumber") is { Length: > 0 } given)
        {
            if (PersonalNumber.Parse(given, SwedishTime.LocalDate(context.Now)) is { } parsed)
            {
                (number, birth) = (parsed.Number, parsed.BirthDate);
                estimated = parsed.Kind == PersonalNumber.Reserve;
            }
            else
            {
                Fail("patient.personalNumber", PersonalNumber.Fault);
                Fail("patient.personalNumber", PersonalNumber.Help);
            }
        }

        if (Text(patient, "birthDate") is { Length: > 0 } date)
        {
            if (IsoText.Date(date) is not { } read) Fail("patient.birthDate", "Ange födelsedatum som åååå-mm-dd.");
            else if (read > SwedishTime.LocalDate(context.Now)) Fail("patient.birthDate", "Födelsedatumet ligger i framtiden.");
            else if (birth is not null && birth != read && !estimated) Fail("patient.birthDate", "Födelsedatumet stämmer inte med personnumret.");
            else birth = read;
        }

        var identity = Text(patient, "protectedIdentity") ?? CasePatient.NotChecked;
        if (identity is not (CasePatient.NotChecked or CasePatient.Protected or CasePatient.NotProtected))
            Fail("patient.protectedIdentity", $"Ange {CasePatient.NotChecked}, {CasePatient.Protected} eller {CasePatient.NotProtected}.");
        return new CasePatient
        {
            PersonalNumber = number, BirthDate = birth, Name = Named(patient), HomeRegion = Text(patient, "homeRegion"),
            Digital = patient["digital"] is JsonValue digital && digital.TryGetValue<bool>(out var yes) ? yes : null,
            ProtectedIdentity = identity, Phone = Text(patient, "phone")
        };
    }

    private CaseSender? ReadSender(JsonObject? sender)
    {
        if (sender is null) return null;
        Limit("sender.name", Text(sender, "name"), TextLimits.Name);
        var kind = Text(sender, "kind") ?? "Patient";
        if (kind is not ("Patient" or "Vårdnadshavare" or "Medarbetare")) Fail("sender.kind", "Avsändaren ska vara Patient, Vårdnadshavare eller Medarbetare.");
        return new CaseSender { Kind = kind, Name = Named(sender) };
    }

    private void ReadFields(CaseType type, JsonObject fields)
    {
        try
        {
            foreach (var (key, value) in new FormValidator(context.Reference, context.Now).Validate(type.Fields, fields, null)) fields[key] = value?.DeepClone();
        }
        catch (ValidationFailedException faults)
        {
            foreach (var (key, messages) in faults.Errors) _errors[key] = messages;
        }
    }

    private static string? Text(JsonObject part, string name) => part[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Named(JsonObject part) => Text(part, "name") is { } name ? VisibleText.Of(name) : null;

    private void Limit(string field, string? text, int longest)
    {
        if (TextLimits.Fault(text, longest) is { } fault) Fail(field, fault);
    }

    // A field of the wrong kind has been told of; that it is missing too says nothing more.
    private void Fail(string field, string message)
    {
        if (_faulty.Contains(field)) return;
        _errors[field] = _errors.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];
    }
}
