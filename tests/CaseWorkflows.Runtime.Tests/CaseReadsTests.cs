using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.Runtime.Tests;

public sealed class CaseReadsTests
{
    [Theory]
    [InlineData("arende.text", "text")]
    [InlineData("arende.text.charAt(0)", "text")]
    [InlineData("arende.text.charAt (0)", "text")]
    [InlineData("arende . falt . kod + 1", "falt.kod")]
    [InlineData("arende?.patient?.namn", "patient.namn")]
    [InlineData("arende.falt.kod.trim()", "falt.kod")]
    [InlineData("arende['text']", "hela ärendet")]
    [InlineData("\\u0061rende.typ", "typ")]
    [InlineData("f(arende)", "hela ärendet")]
    [InlineData("minArende.text + arendet", null)]
    public void S_7_a_script_tells_the_names_that_it_reads(string script, string? read)
    {
        var step = new JsonObject { ["id"] = "steg", ["type"] = "Elsa.WriteLine" };
        step["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } };
        CaseReads.Of(new JsonObject { ["root"] = step }).Should().Equal(read is null ? [] : [read]);
    }
}
