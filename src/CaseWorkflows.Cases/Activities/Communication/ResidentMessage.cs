using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Sends a message to the resident in the case's thread. One that staff wrote or chose meets the response clock (D-07).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Communication, Order = 10, DisplayName = "Skicka till invånaren",
    Description = "Skickar ett meddelande i ärendets tråd: svar, delsvar, motfråga, standardsvar. Uppfyller svarstiden när personal står bakom det.")]
[Port("Skickat")]
[Port("Spärrat")]
public sealed class ResidentMessage : CodeActivity
{
    private static readonly HashSet<string> Responses = ["Svar", "Delsvar", "Motfråga", "Standardsvar", "Första återkoppling"];

    [Input(DisplayName = "Sort", UIHint = "dropdown", Options = ["Svar", "Delsvar", "Motfråga", "Standardsvar", "Första återkoppling", "Hänvisning", "Chatt", "SMS", "Formulär"], DefaultValue = "Svar", Order = 1)]
    public Input<string>? Kind { get; set; }

    [Input(DisplayName = "Text", Description = "Tomt = frasens text.", UIHint = "multiline", Order = 2)]
    public Input<string>? Text { get; set; }

    [Input(DisplayName = "Fras", UIHint = "dropdown", OptionsProvider = "phrases", Order = 3)]
    public Input<string>? Phrase { get; set; }

    [Input(DisplayName = "Tillägg", Description = "Läggs efter texten.", UIHint = "multiline", Order = 4)]
    public Input<string>? Addition { get; set; }

    [Input(DisplayName = "Ärendets status efteråt", UIHint = "singleline", OptionsProvider = "statuses", Order = 5)]
    public Input<string>? NewStatus { get; set; }

    [Input(DisplayName = "Automatiskt", Description = "Utskick utan person bakom. Uppfyller inte svarstiden.", UIHint = "checkbox", DefaultValue = false, Order = 6)]
    public Input<bool>? Automatic { get; set; }

    [Input(DisplayName = "Avsändare", Description = "Person. Tomt = den som senast svarade i en uppgift.", Order = 7, MaxLength = InputLengths.Word)]
    public Input<string>? Author { get; set; }

    [Input(DisplayName = "Avsändarens roll", UIHint = "dropdown", OptionsProvider = "roles", Order = 8)]
    public Input<string>? AuthorRole { get; set; }

    [Output(DisplayName = "Skickad text")]
    public Output<string>? Sent { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(Text) && ActivityValidation.IsMissing(Phrase) && ActivityValidation.IsMissing(Addition))
            v.Problem(nameof(Text), "text-missing", "meddelandet har ingen text. Skriv en text eller välj en fras.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var scope = c.Scope();
        var record = c.RequireCase();
        c.DemandNothingOfOthers();
        var kind = c.Get(Kind) ?? "Svar";
        var automatic = c.Get(Automatic);
        var answer = automatic ? null : c.LastAnswer();
        var phrase = c.Get(Phrase) is { Length: > 0 } key ? scope.Reference.FindPhrase(key, record.ResponsibleUnitId) : null;
        var written = c.Get(Text);
        var text = Join(SoundText.IsBlank(written) ? PhraseText.Fill(phrase?.Text, record, scope.Reference) : written, c.Get(Addition));
        if (SoundText.IsBlank(text))
        {
            c.Fault($"Meddelandet saknar text{(c.Get(Phrase) is { } missing ? $": frasen ”{missing}” finns inte" : "")}.");
            return;
        }

        var blocked = kind == "SMS" && record.IsProtected;
        var counts = !automatic && !blocked && Counts(kind, record, scope);
        c.Emit(new MessageSent
        {
            MessageId = Guid.CreateVersion7(c.Now),
            Kind = kind, Text = text, PhraseKey = phrase?.Key, PhraseChanged = phrase is not null && !SoundText.IsBlank(written) && written != phrase.Text,
            Author = automatic ? null : c.PersonId(c.Get(Author)) ?? answer?.Person ?? scope.Actor.PersonId,
            AuthorRole = automatic ? null : c.Get(AuthorRole) ?? answer?.Role,
            CountsAsFirstResponse = counts, Blocked = blocked
        });
        if (counts) MeetClock(c, record);
        if (!automatic) record.Flags.Remove(CaseFlag.NewReply);
        if (c.StatusWord(NewStatus) is { Length: > 0 } status) record.Status = status;
        c.Set(Sent, text);
        c.CompleteWithOutcomes(blocked ? "Spärrat" : "Skickat");
    }

    internal static void MeetClock(ActivityExecutionContext c, CaseRecord record)
    {
        record.FirstResponseAt ??= c.Now;
        if (record.Clock.State is not (CaseClock.Running or CaseClock.Warned or CaseClock.Breached)) return;
        record.Clock = record.Clock with { State = CaseClock.Met, MetAt = c.Now };
        record.Flags.Remove(CaseFlag.DueToday);
        record.Flags.Remove(CaseFlag.Overdue);
        c.History("Svarstid uppfylld");
        c.Publish(DomainEvents.ClockMet);
    }

    // Whether a partial reply stops the clock is a setting of the unit.
    private static bool Counts(string kind, CaseRecord record, CaseScope scope) =>
        Responses.Contains(kind) && (kind != "Delsvar" || scope.Reference.Setting("delsvarStopparKlockan", record.ResponsibleUnitId, true));

    private static string? Join(string? text, string? addition) =>
        SoundText.IsBlank(addition) ? text : SoundText.IsBlank(text) ? addition : text + "\n\n" + addition;
}
