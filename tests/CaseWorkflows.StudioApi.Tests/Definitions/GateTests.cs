using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Definitions;

/// <summary>One wrong routine for each thing that the gate finds, with its words; and right ones that look wrong.</summary>
public sealed class GateTests
{
    /// <summary>Warnings in our own routines: each is a choice that otherwise does nothing, a branch that ends on purpose, or a watch that another branch ends.</summary>
    private static readonly string[] Justified =
    [
        "x-franvaro.json unconnected-outcome provaSjukdom", "x-franvaro.json unconnected-outcome provaBevakning", "x-franvaro.json unconnected-outcome galler",
        "x-franvaro.json unconnected-outcome slutdatum", "x-franvaro.json unconnected-outcome tillbaka", "x-franvaro.json ends-here brist",
        "x-veckogenomgang.json endless raknare", "su-klagomal.json ends-here sandAterkoppling",
    ];

    public static TheoryData<string, string> Wrong => new()
    {
        { nameof(Settings.TaskWithoutCandidates), "Steget ’Fördela’: ingen kan ta uppgiften. Välj minst en roll eller ange en person." },
        { nameof(Settings.UnknownRole), "Steget ’Fördela’ anger rollen ’trollkarl’ i ’Roller’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownUnit), "Steget ’Flytta’ anger enheten ’månen’ i ’Till enhet’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownPhrase), "Steget ’Svara’ anger frasen ’hokuspokus’ i ’Fras’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownCaseType), "Steget ’Byt typ’ anger ärendetypen ’okand_typ’ i ’Ärendetyp’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownDocument), "Steget ’Rutinstatus’ anger rutindokumentet ’SU-0’ i ’Dokument-ID’, men det finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownTable), "Steget ’Dirigera’ anger dirigeringstabellen ’ingen’ i ’Tabell’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownSetting), "Steget ’Morgon’ anger inställningen ’finnsEj’ i ’Enheter med inställningen’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.UnknownFlag), "Steget ’Märk’ har ’Flagga’ i ’Sätt’, som inte är ett av valen: Förfaller idag, Flaggat – svarstid överskriden, Eskalerat, Återupptaget, Överlämning begärd, Skyddad identitet, Nytt svar från invånaren." },
        { nameof(Settings.UnknownKind), "Steget ’Svara’ har ’Brevduva’ i ’Sort’, som inte är ett av valen: Svar, Delsvar, Motfråga, Standardsvar, Första återkoppling, Hänvisning, Chatt, SMS …." },
        { nameof(Settings.UnknownStatus), "(varning) Steget ’Status’ ger ärendet statusen ’Påbörjatt’ i ’Status’, som inte är en av de vanliga. Kontrollera stavningen." },
        { nameof(Settings.UnknownRoleOfOutcome), "Steget ’Fördela’ anger rollen ’trollkarl’ i ’Utfall för vissa roller’, men den finns inte. Välj en som finns i listan." },
        { nameof(Settings.FormNamesAnotherOutcome), "Steget ’Fördela’: ’Formulär, fältet Text’ nämner utfallet ’Sakna’, som steget inte har. Rätta stavningen eller lägg till utfallet." },
        { nameof(Settings.FormFieldOfNoType), "Steget ’Fördela’: fältet ’Text’ är av sorten ’roman’, som inte finns. Välj en av text, longText, boolean, date, time, dateTime, number, choice, multiChoice, person, unit, multiUnit, phrase, file, rows." },
        { nameof(Settings.WritesAFieldThatIsNotThere), "Steget ’Fördela’: ’Skriv till ärendet’ nämner fältet ’team’, som inte finns i formuläret." },
        { nameof(Settings.AgesWithoutAWay), "Steget ’Ålder’: gränserna ger åldersspannet ’18–’, men det finns inte bland utfallen. Lägg till det." },
        { nameof(Settings.MissingRoutine), "Steget ’Starta’ startar rutinen ’borta’, som inte finns eller inte är publicerad. Publicera den först, eller välj en annan." },
        { nameof(Settings.MissingDeviationRoutine), "Steget ’Fördela’ startar rutinen ’borta’, som inte finns eller inte är publicerad. Publicera den först, eller välj en annan." },
        { nameof(Settings.MissingRoutineAsStep), "Steget ’Delrutin’ använder rutinen ’borta’, som inte finns eller inte är publicerad. Publicera den först, eller ta bort steget." },
        { nameof(Settings.WaitsForEver), "Steget ’Invänta’: väntar på invånaren utan gräns, och inget annat avslutar flödet. Fyll i ’Högst arbetsdagar’." },
        { nameof(Settings.EmptiedDelay), "Steget ’Vänta’ saknar ’Tid’. Fyll i det." },
        { nameof(Settings.DelayOfNoMinutes), "Steget ’Vänta’: ’Minuter’ är 0. Ange ett tal större än noll." },
        { nameof(Settings.LimitOfNoDays), "Steget ’Svarstid’: ’Antal dagar’ är -1. Ange ett tal större än noll." },
        { nameof(Settings.TimerTooFast), "Steget ’Ofta’: Mellanrummet måste vara minst en sekund." },
        { nameof(Settings.CronThatIsNone), "Steget ’Schema’: \"varje morgon\" är inte ett cron-uttryck. Det ska ha sex delar: sekund minut timme dag månad veckodag." },
        { nameof(Settings.EventWithoutName), "Steget ’Händelse’ saknar ’Händelse’. Fyll i det." },
        { nameof(Settings.ScriptThatDoesNotParse), "Steget ’Räkna’: JavaScript i \"Text\", rad 1: oväntat \"*\"." },
        { nameof(Settings.ScriptWithAnUnknownVariable), "Steget ’Räkna’ läser variabeln ’borta’ i ’Text’, men rutinen har ingen sådan variabel. Rätta stavningen eller lägg till den." },
        { nameof(Settings.ScriptWithAnUnknownGetter), "Steget ’Räkna’ använder ’getBeslutet’ i ’Text’, men det finns inget med det namnet. Rätta stavningen, eller lägg till variabeln." },
        { nameof(Settings.ScriptWithAMisspeltName), "Steget ’Räkna’ använder ’ärende’ i ’Text’, men det finns inget med det namnet. Rätta stavningen, eller lägg till variabeln." },
        { nameof(Settings.ScriptInAnotherLanguage), "Steget ’Räkna’: Fältet \"Text\" är skrivet i språket Liquid, som inte finns här. Använd JavaScript eller ett fast värde." },
        { nameof(Settings.VariableThatIsNotThere), "Steget ’Räkna’ använder variabeln ’Borta’ i ’Text’, men den finns inte. Välj en annan eller lägg till den." },
        { nameof(Settings.InputThatIsNotThere), "Steget ’Räkna’ hämtar indatan ’borta’ i ’Text’, men rutinen har ingen sådan indata." },
        { nameof(Settings.OutputThatIsNotThere), "Steget ’Ge utdata’ sätter utdatan ’borta’, som rutinen inte har. Lägg till den under rutinens utdata eller rätta stavningen." },
        { nameof(Settings.SwitchWithoutCondition), "Steget ’Välj’: vägen ’Brådskande’ saknar villkor." },
        { nameof(Flows.UnconnectedOutcome), "Steget ’Välj’ har utfallet ’Tid ute’ som inte leder någonstans." },
        { nameof(Flows.UnknownOutcome), "En pil från steget ’Fördela’ utgår från utfallet ’Vidare’, som steget inte har. Ta bort pilen eller lägg till utfallet." },
        { nameof(Flows.RepeatedOutcome), "Steget ’Fördela’ har utfallet ’Klar’ två gånger. Ta bort det ena." },
        { nameof(Flows.Unreachable), "Steget ’Ensam’ nås aldrig: ingen väg leder dit från början av flödet." },
        { nameof(Flows.NotReachedFromTheTrigger), "Steget ’Ensam’ nås aldrig: ingen väg leder dit från början av flödet." },
        { nameof(Flows.Endless), "Stegen ’Ett’, ’Två’ bildar en slinga som aldrig tar slut: ingen väg leder ut ur den." },
        { nameof(Flows.JoinThatHangs), "Steget ’Samla’ väntar in alla sina vägar, men valet ’Välj’ följer bara en av dem. Då kan flödet bli stående." },
        { nameof(Flows.LooseArrow), "En pil vid steget ’Ett’ går till eller från ett steg som inte finns längre. Ta bort den." },
        { nameof(Flows.ArrowBackPastItsTarget), "Steget ’Flöde’: Pilen från ’Två’ tillbaka till ’Ett’ kan inte följas, för det går att komma till ’Två’ utan att ha passerat ’Ett’. Dra pilen till ett steg som alla vägar dit går igenom." },
        { nameof(Flows.SameIds), "Två steg har samma id: ’Ett’ och ’Två’. Ta bort det ena och lägg till det på nytt." },
        { nameof(Flows.EmptyFlow), "Flödet ’Flöde’ är tomt: lägg till minst ett steg." },
        { nameof(Flows.EmptySequence), "Flödet ’Delflöde’ är tomt: lägg till minst ett steg." },
        { nameof(Flows.UnknownStep), "Steget ’Ett’ är av slaget ’Acme.Borta’, som inte finns här. Ta bort steget eller byt ut det." },
        { nameof(Flows.UnknownRoot), "Rutiner av slaget ’Elsa.StateMachine’ kan inte köras här. Välj flödesschema eller sekvens." },
        { nameof(Flows.StartsItself), "Steget ’Börja om’ startar den här rutinen igen, utan att något har väntats in: det tar aldrig slut. Lägg in en väntan före, eller ta bort steget." },
        { nameof(Flows.RepeatsForEver), "Steget ’Om och om’ upprepas för alltid utan att något väntas in. Lägg in en väntan, eller ett villkor som tar slut." },
        { nameof(Flows.RunsRound), "(varning) ’Ett’, ’Igen?’ går runt utan att något väntas in. Se till att vägen ut alltid tas till slut." },
        { nameof(Flows.LoopIntoABranch), "(varning) Steget ’Samla’ samlar grenar, men ’Uppgift’ i en av dem kan gå flera varv. I räknarläge kan samlingen då släppa förbi för tidigt, aldrig eller två gånger. Låt slingan sluta före grenen, eller gör om rutinen i token-läge." },
        { nameof(Flows.BranchThatDies), "(varning) Steget ’Samla’ väntar in alla sina vägar, men grenen kan sluta vid ’Uppgift’. Då kan flödet bli stående. Led alla dess utfall till samlingen." },
        { nameof(Flows.NoticeOfTheText), "Steget ’Säg till’: skickar text som räknas ut. En avisering får bara innehålla fast text med {ärendenummer}, {ärendetyp}, {enhet} och {länk}. Det som räknas ut ur ärendet får inte skickas." },
        { nameof(Flows.NoName), "Rutinen måste ha ett namn." },
        { nameof(Flows.TwoVariablesOfOneName), "Två variabler heter ’svar’. Döp om den ena." },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_routine_is_told_in_words_a_process_owner_can_act_on(string which, string message)
    {
        var found = (await Gate.CheckAsync(Make(which))).Select(f => (f.Severity == FindingSeverity.Error ? "" : "(varning) ") + f.Message).ToList();
        found.Should().Contain(message);
        // One fault, one finding; a missing step or way may make others unreachable.
        found.Where(f => f != message && !f.Contains("nås aldrig") && !f.Contains("som inte leder någonstans")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(nameof(Flows.LoopIntoABranch))]
    [InlineData(nameof(Flows.WaitAnyAfterALoop))]
    [InlineData(nameof(Flows.StepAfterAJoinReachedTwice))]
    public async Task F_10_a_join_that_counter_mode_may_pass_miss_or_run_twice_is_told(string which) =>
        (await Gate.CheckAsync(Make(which))).Should().Contain(f => f.Code.StartsWith("join-", StringComparison.Ordinal) && f.Message.Contains("’Samla’"));

    public static TheoryData<string> Right => new(
        nameof(Sound.ScriptWithEverythingInIt), nameof(Sound.ScriptOfToday), nameof(Sound.WaitsWithoutLimitBesideAnEnd), nameof(Sound.LoopThatATimerLeaves), nameof(Sound.StartsItselfAfterAWait),
        nameof(Sound.JoinBehindAFork), nameof(Sound.NumberForAnEnum), nameof(Sound.RoleByItsName), nameof(Sound.VariableOfALoop), nameof(Sound.TriggerBesideStart),
        nameof(Sound.ArrowsOfOlderFiles), nameof(Sound.DefaultsLeftOut));

    [Theory, MemberData(nameof(Right))]
    public async Task A_right_routine_that_looks_wrong_passes(string which) => (await Gate.CheckAsync(Make(which))).Should().BeEmpty();

    [Fact]
    public async Task Our_own_routines_pass_and_each_warning_is_a_known_one()
    {
        var found = await WorkflowFilesCheck.RunAsync(Path.Combine(Gate.Repository, "workflows"), Gate.Registry);
        found.Should().NotBeEmpty();
        found.SelectMany(f => f.Findings.Where(x => x.Severity == FindingSeverity.Error).Select(x => x.Message)).Should().BeEmpty();
        found.SelectMany(f => f.Findings.Select(x => $"{Path.GetFileName(f.Path)} {x.Code} {x.ActivityId}")).Should().BeSubsetOf(Justified);
    }

    private static JsonObject Make(string which) =>
        (JsonObject)new[] { typeof(Settings), typeof(Flows), typeof(Sound) }.Select(t => t.GetMethod(which)).Single(m => m is not null)!.Invoke(null, null)!;
}
