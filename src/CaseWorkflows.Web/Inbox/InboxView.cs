namespace CaseWorkflows.Web.Inbox;

/// <summary>One of the inbox's lists: the name the API knows it by, its address and the key of its title.</summary>
public sealed record InboxView(string Name, string Url, string TextKey)
{
    public static readonly InboxView Mine = new("mine", "/", "view.mine");
    public static readonly InboxView Available = new("available", "/enhetens-uppgifter", "view.available");
    public static readonly InboxView Unit = new("unit", "/enhetens-uppgifter/alla", "view.unit");
    public static readonly InboxView Cover = new("cover", "/tackning", "view.cover");
    public static readonly InboxView All = new("all", "/alla-uppgifter", "view.all");

    public static readonly IReadOnlyList<InboxView> Every = [Mine, Available, Unit, Cover, All];

    /// <summary>Key of the header's link that is the current one.</summary>
    public string Nav => Name switch { "mine" => "mine", _ => "unit" };
}
