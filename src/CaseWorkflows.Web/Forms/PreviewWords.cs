using CaseWorkflows.Cases.Tasks;
using static CaseWorkflows.Web.Texts.Text;

namespace CaseWorkflows.Web.Forms;

/// <summary>Says on the button what a press on it does.</summary>
internal static class PreviewWords
{
    public static string Button(CompletionPreview preview) => preview.Messages switch
    {
        [] => preview.Outcome,
        [var one] => T(preview.Closes ? "preview.sendclose" : "preview.send", one.Kind.ToLowerInvariant()),
        var several => T(preview.Closes ? "preview.sendclose" : "preview.send", T("preview.several", several.Count)),
    };
}
