using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Web.Forms;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Register;

/// <summary>Registering a case by hand, for what comes by telephone or letter.</summary>
internal static class RegisterPages
{
    private const string Url = "/arenden/nytt";

    public static void MapRegister(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Url, ShowAsync);
        routes.MapPost(Url, RegisterAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CommandContexts contexts, PageFrames frames, string? enhet, string? typ) =>
        await RenderAsync(http, contexts, frames, enhet, typ, null, StatusCodes.Status200OK);

    private static async Task<IResult> RegisterAsync(HttpContext http, CommandContexts contexts, PageFrames frames, RegisterCase register, CaseGate gate)
    {
        var ct = http.RequestAborted;
        var context = await http.ContextAsync(contexts);
        var form = await http.Request.ReadFormAsync(ct);
        var unit = context.Reference.FindUnit(form["enhet"]);
        var type = context.Reference.FindCaseType(form["typ"], unit);
        var fields = type is null ? [] : RegisterForm.FieldsFor(type);
        var values = await FormReader.ReadAsync(form, fields, null, ct);
        try
        {
            var request = RegisterForm.Request(form["enhet"].ToString(), form["typ"].ToString(), form["nyckel"].ToString(), fields, values);
            // Gone back to and pressed once more, the form is empty: that is no case.
            if (type is not null && RegisterForm.IsEmpty(request)) throw new ValidationFailedException("text", T("register.empty"));
            var (id, how) = await register.ExecuteAsync(context, request, ct);
            var number = (await gate.SeeAsync(context, id.ToString(), "Visa ärende", ct)).Record.CaseNumber;
            // Sent, gone back to and changed: the person decides, with a new key, whether it is another case.
            if (how == Registered.OtherContents)
            {
                return await RenderAsync(http, contexts, frames, form["enhet"], form["typ"],
                    new FormState { Fields = fields, Sent = FormReader.Sent(form), Errors = new Dictionary<string, string[]> { ["text"] = [T("register.sentbefore", number)] } },
                    StatusCodes.Status409Conflict);
            }

            Flash.Set(http, new Flash(T("register.done", number)));
            return Pages.See($"/arenden/{id}");
        }
        catch (ValidationFailedException faults)
        {
            return await RenderAsync(http, contexts, frames, form["enhet"], form["typ"],
                new FormState { Fields = fields, Sent = FormReader.Sent(form), Errors = faults.Errors }, StatusCodes.Status400BadRequest, form["nyckel"]);
        }
    }

    private static async Task<IResult> RenderAsync(
        HttpContext http, CommandContexts contexts, PageFrames frames, string? unitText, string? typeText, FormState? state, int status, string? key = null)
    {
        var context = await http.ContextAsync(contexts);
        var units = Choices.Units(context, context.Actor.UnitsWith(Permissions.CaseRegister));
        var unit = context.Reference.FindUnit(unitText)?.Id ?? (units.Count == 1 ? units[0].Value : null);
        var types = unit is null ? [] : context.Reference.CaseTypes.Values.Where(t => context.Reference.Offers(unit, t.Code))
            .OrderBy(t => t.Name, StringComparer.Create(Swedish, true)).Select(t => new FormOption(t.Code, t.Name)).ToList();
        var type = types.Any(t => t.Value == typeText) ? context.Reference.CaseTypes[typeText!] : null;
        return Pages.Render<RegisterPage>(
            new
            {
                Frame = await frames.CreateAsync(http),
                Model = new RegisterModel
                {
                    Units = units,
                    CaseTypes = types,
                    Unit = unit,
                    CaseType = type?.Code,
                    Form = (state ?? new FormState { Fields = type is null ? [] : RegisterForm.FieldsFor(type) }) with { Choices = Choices.At(context, unit) },
                    RequestKey = string.IsNullOrEmpty(key) ? Guid.CreateVersion7().ToString("N") : key,
                },
            },
            status);
    }
}
