using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Activities;

/// <summary>What domain activities ask their context for.</summary>
internal static class ActivityContextExtensions
{
    /// <summary>Variable that holds the latest answer of a human task, by convention of the routines.</summary>
    public const string AnswerVariable = "svar";

    // One for each branch that a step may have.
    private const int MostNotes = 1_000;

    public static CaseScope Scope(this ActivityExecutionContext c) => c.Ambient<CaseScope>();

    public static CaseRecord RequireCase(this ActivityExecutionContext c) =>
        c.Scope().Case ?? throw new InvalidOperationException("Steget behöver ett ärende, men rutinen körs utan.");

    /// <summary>
    /// Before a step writes words that others read: what the run was given by another case is for those who may read that case, and in a run
    /// for another case, or for none, nobody asks that.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run may hold something of a case that it does not run for.</exception>
    public static void DemandNothingOfOthers(this ActivityExecutionContext c)
    {
        var scope = c.Scope();
        if (!scope.HoldsOfOthers) return;
        throw new InvalidOperationException(scope.Case is null
            ? "Rutinen har fått uppgifter från ett ärende, men körs utan ärendet. Lägg steget i en rutin som körs för ärendet."
            : "Rutinen har fått uppgifter från ett annat ärende än det som den körs för. Lägg steget i en rutin som körs för det ärendet.");
    }

    /// <summary>Before a step that changes who may do what, which everybody reads: a case's routine would tell by it what it has read in the case.</summary>
    /// <exception cref="InvalidOperationException">The run is a case's, or holds something of one.</exception>
    public static void DemandNoCase(this ActivityExecutionContext c)
    {
        c.DemandNothingOfOthers();
        if (c.Scope().Case is not null)
            throw new InvalidOperationException("Bevakning ges och tas tillbaka av den rutin som följer frånvaron, inte av en rutin som körs för ett ärende.");
    }

    /// <summary>Before a task: of what the run has swept may only those know who may know of such cases.</summary>
    /// <exception cref="InvalidOperationException">The unit is none where the cases may be known, or the role or person none who may.</exception>
    public static void DemandMayKnowSwept(this ActivityExecutionContext c, string unit, IEnumerable<string> roles, IEnumerable<string> persons)
    {
        var scope = c.Scope();
        if (scope.Swept.Count == 0) return;
        var view = scope.Reference;
        if (scope.Swept.FirstOrDefault(units => !units.Any(u => view.AreNear(u, unit))) is { } elsewhere)
        {
            var places = elsewhere.Count == 0 ? "en person utan uppdrag" : string.Join(", ", elsewhere.Select(view.UnitName));
            throw new InvalidOperationException($"Rutinen har gått igenom ärenden hos {places}, men uppgiften ligger på {view.UnitName(unit)}. Lägg den på en enhet i samma verksamhet.");
        }

        if (roles.FirstOrDefault(r => !view.KnowsOfCases(r)) is { } role)
            throw new InvalidOperationException($"Rollen ”{view.RoleName(role)}” får inte se en enhets ärenden, men rutinen har gått igenom dem. Välj en annan roll.");
        if (persons.FirstOrDefault(p => !scope.MayKnow(p, unit)) is { } person)
            throw new InvalidOperationException($"Personen ”{view.FindPerson(person)?.ShortName ?? person}” får inte se ärenden på {view.UnitName(unit)}, men rutinen har gått igenom dem. Ange en annan.");
    }

    /// <summary>The unit named, else the case's responsible unit, else the unit that the workflow was started for.</summary>
    /// <exception cref="InvalidOperationException">It is another region's.</exception>
    public static string? UnitId(this ActivityExecutionContext c, Input<string>? input)
    {
        var scope = c.Scope();
        var named = c.Get(input);
        if (!SoundText.IsBlank(named)) return c.OwnUnit(named);
        return scope.Case?.ResponsibleUnitId ?? (c.WorkflowInput.GetValueOrDefault("enhet")?.ToString() is { Length: > 0 } started ? c.OwnUnit(started) : null);
    }

    /// <summary>Id of a unit given by id or name, in the region that the routine runs in.</summary>
    /// <exception cref="InvalidOperationException">It is another region's.</exception>
    public static string OwnUnit(this ActivityExecutionContext c, string idOrName)
    {
        var scope = c.Scope();
        var id = scope.Reference.FindUnit(idOrName)?.Id ?? idOrName;
        return scope.Reaches(id) ? id : throw new InvalidOperationException($"Enheten ”{idOrName}” finns inte i rutinens region.");
    }

    public static string RequireUnit(this ActivityExecutionContext c, Input<string>? input) =>
        c.UnitId(input) ?? throw new InvalidOperationException("Steget behöver en enhet.");

    /// <summary>Id of a person given by id or user name.</summary>
    /// <exception cref="InvalidOperationException">The person works in other regions only.</exception>
    public static string? PersonId(this ActivityExecutionContext c, string? idOrUserName)
    {
        if (SoundText.IsBlank(idOrUserName)) return null;
        var id = c.Scope().Reference.FindPerson(idOrUserName)?.Id ?? idOrUserName;
        return c.Scope().ReachesPerson(id) ? id : throw new InvalidOperationException($"Personen ”{idOrUserName}” finns inte i rutinens region.");
    }

    /// <summary>
    /// Id of a person who is to have the case or a task of it, which opens it to them: only for somebody with a role with cases at the unit, or
    /// at one of the case's.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nobody such.</exception>
    public static string? WorkerId(this ActivityExecutionContext c, string? idOrUserName, string unit)
    {
        if (c.PersonId(idOrUserName) is not { } person) return null;
        return c.Scope().MayWork(person, unit) ? person
            : throw new InvalidOperationException($"Personen ”{idOrUserName}” har ingen roll på {c.Scope().Reference.UnitName(unit)} som arbetar med ärenden.");
    }

    /// <summary>Code of a role that is to have the case or a task.</summary>
    /// <exception cref="InvalidOperationException">None such, or one that works with no case; without a case, one of the product's own.</exception>
    public static string WorkRole(this ActivityExecutionContext c, string codeOrName)
    {
        // What is written here is shown as it is, also to those who may not read the case: so nothing but a role.
        var role = c.Scope().Reference.FindRole(codeOrName) ?? throw new InvalidOperationException("Rollen som steget anger finns inte.");
        return (c.Scope().Case is null ? !role.Product : c.Scope().Reference.WorksWithCases(role.Code)) ? role.Code : throw new InvalidOperationException($"Rollen ”{role.Name}” arbetar inte med ärenden. Välj en annan.");
    }

    /// <summary>
    /// A word that is shown to those who may not read the case too: what the definition says, or when it is worked out one of the known words.
    /// </summary>
    /// <param name="what">Swedish, at the head of the incident's sentence, which does not repeat the word.</param>
    /// <exception cref="InvalidOperationException">Worked out, and none of them.</exception>
    public static string? Word(this ActivityExecutionContext c, Input<string>? input, IReadOnlySet<string> known, string what) =>
        c.Get(input) is not { Length: > 0 } word || ActivityValidation.LiteralText(input) is not null || known.Contains(word) ? c.Get(input)
            : throw new InvalidOperationException($"{what} som steget räknar ut är inte ett av de kända orden.");

    public static string? StatusWord(this ActivityExecutionContext c, Input<string>? input) => c.Word(input, CaseStatus.Usual, "Statusen");

    /// <exception cref="FormatException">Too many, or one that is too long.</exception>
    public static IReadOnlyList<string> Texts(this ActivityExecutionContext c, Input<object>? input)
    {
        string[] texts = c.Get(input) switch
        {
            null => [],
            string text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            System.Collections.IEnumerable list => [.. list.Cast<object?>().Where(v => v is not null).Select(v => Values.ToText(v))],
            var other => [Values.ToText(other)]
        };
        if (texts.Length > InputLengths.Items) throw new FormatException($"En lista får ha högst {InputLengths.Items} värden, men har {texts.Length}.");
        foreach (var text in texts) InputLengths.Demand(text, InputLengths.Word);
        return texts;
    }

    public static JsonNode? Json(this ActivityExecutionContext c, Input<object>? input) => c.Get(input) switch
    {
        null => null,
        string text => SoundText.IsBlank(text) ? null : JsonNode.Parse(text),
        JsonNode node => node,
        var value => Values.ToJson(value)
    };

    public static T? Read<T>(this JsonNode? node) => node is null ? default : node.Deserialize<T>(DomainJson.Options);

    /// <summary>The latest answer: from the variable, else what the parent passed in.</summary>
    public static TaskAnswer? LastAnswer(this ActivityExecutionContext c) =>
        TaskAnswer.From(c.GetVariable(AnswerVariable) ?? c.WorkflowInput.GetValueOrDefault(AnswerVariable));

    public static void History(this ActivityExecutionContext c, string what, string? before = null, string? after = null, string? reason = null, string? rule = null,
        bool computed = false, string? tells = null)
    {
        if (c.Scope().Case is null) c.DemandNothingOfOthers();
        c.Scope().CountSent("anteckningar", MostNotes);
        c.Emit(new HistoryAdded
        {
            Computed = computed,
            Event = what, Before = before, After = after, Reason = reason, Rule = rule, Tells = tells, Activity = c.Activity.Name ?? c.Activity.Id,
            UnitId = c.Scope().Case is null ? c.UnitId(null) : null
        });
    }

    public static void Publish(this ActivityExecutionContext c, string name, object? payload = null) =>
        c.Emit(new EventPublished(name, c.CorrelationId ?? c.Scope().Case?.Id.ToString(), payload, false));

    public static Bookmark AwaitEvent(this ActivityExecutionContext c, string name) =>
        c.CreateBookmark(Palette.EventBookmark, name, new Dictionary<string, object?> { ["eventName"] = name });

    public static void BurnAll(this ActivityExecutionContext c)
    {
        foreach (var bookmark in c.Bookmarks.ToList()) c.BurnBookmark(bookmark.Id);
    }
}
