using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Tests.Forms;

/// <summary>F-2: whatever a routine works out as a form can be answered, or is the fault of its step; what is then sent is right or refused by field.</summary>
public sealed class OddFormTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 2, 9, 0, 0, TimeSpan.FromHours(2));

    private static readonly string[] Names =
    [
        "key", "label", "type", "required", "requiredFor", "visibleFor", "options", "min", "max", "pattern", "value", "help", "rows", "aliases", "requiredMessage",
    ];

    [Fact]
    public void F_2_a_form_of_any_values_is_laid_out_and_answered_or_is_the_fault_of_its_step()
    {
        var random = new Random(20261127);
        var validator = new FormValidator(ReferenceSnapshot.Empty.At(Now), Now);
        var answered = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var form = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Field(random, 0))]);
            var given = new JsonObject(Enumerable.Range(0, 3).Select(n => KeyValuePair.Create("a" + n, Any(random, 0))));
            var told = $"{form.ToJsonString()} answered {given.ToJsonString()}";
            try
            {
                var fields = HumanTaskForm.Fields(JsonNode.Parse(form.ToJsonString()), null, [new TaskOutcome("Klar")]);
                answered++;
                foreach (var field in fields) RowAnswers.Shown(field, given["a0"]);
                validator.Validate(fields, given, new TaskOutcome("Klar"));
            }
            catch (Exception e) when (e is ValidationFailedException or InvalidOperationException or JsonException or FormatException)
            {
            }
            catch (Exception e)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} for {told}\n{e.StackTrace}");
            }
        }

        answered.Should().BeGreaterThan(1_000, "most forms are tried to the end");
    }

    private static JsonObject Field(Random random, int depth)
    {
        var field = new JsonObject { ["key"] = "a" + random.Next(3), ["label"] = "A" + random.Next(3), ["type"] = Pick(random, FieldType.All.ToArray()) };
        for (var n = random.Next(4); n > 0; n--)
        {
            var name = Pick(random, Names);
            field[name] = random.Next(3) == 0 ? Any(random, depth) : Likely(random, name, depth);
        }

        return field;
    }

    private static JsonNode? Likely(Random random, string name, int depth) => name switch
    {
        "key" or "label" or "help" or "requiredMessage" or "pattern" => Pick<JsonNode?>(random, [null, "", "a0", " ", "[0-9]+"]),
        "type" => Pick<JsonNode?>(random, [null, "text", "rows", "choice", "number"]),
        "required" => random.Next(2) == 0,
        "requiredFor" or "visibleFor" or "aliases" => new JsonArray(null, "Klar", "a1"),
        "options" => new JsonArray("Ja", 1),
        "min" or "max" => random.Next(-3, 5),
        "rows" when depth < 2 => new JsonArray(Field(random, depth + 1), random.Next(3) == 0 ? null : Field(random, depth + 1)),
        "value" => new JsonArray(new JsonObject { ["key"] = Pick<JsonNode?>(random, [null, "a", 1]), ["value"] = Any(random, 1), ["options"] = new JsonArray("Ja") }),
        _ => Any(random, depth),
    };

    private static JsonNode? Any(Random random, int depth) => random.Next(depth > 2 ? 6 : 9) switch
    {
        0 => null,
        1 => random.Next(-5, 5),
        2 => "text",
        3 => "",
        4 => true,
        5 => 1e300,
        6 => new JsonArray(Any(random, depth + 1), Any(random, depth + 1)),
        7 => new JsonObject { ["key"] = Any(random, depth + 1), ["value"] = Any(random, depth + 1) },
        _ => new JsonArray(),
    };

    private static T Pick<T>(Random random, T[] some) => some[random.Next(some.Length)];
}
