namespace CaseWorkflows.Web.Forms;

/// <summary>A phrase that can be put into a text field and changed there.</summary>
public sealed record PhraseChoice(string Value, string Label, string Text);
