namespace CaseWorkflows.Cases.Forms;

/// <summary>The field types of a form, as the API names them.</summary>
public static class FieldType
{
    public const string Text = "text";
    public const string LongText = "longText";
    public const string Boolean = "boolean";
    public const string Date = "date";
    public const string Time = "time";
    public const string DateTime = "dateTime";
    public const string Number = "number";
    public const string Choice = "choice";
    public const string MultiChoice = "multiChoice";
    public const string Person = "person";
    public const string Unit = "unit";
    public const string MultiUnit = "multiUnit";
    public const string Phrase = "phrase";
    public const string File = "file";
    public const string Rows = "rows";

    public static readonly IReadOnlyList<string> All =
        [Text, LongText, Boolean, Date, Time, DateTime, Number, Choice, MultiChoice, Person, Unit, MultiUnit, Phrase, File, Rows];
}
