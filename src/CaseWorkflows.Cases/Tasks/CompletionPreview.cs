using System.Security.Cryptography;
using System.Text;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>What completing a task would send to the resident, in full, before anything is sent.</summary>
/// <param name="Outcome">The chosen outcome.</param>
/// <param name="Messages">In the order they would be sent.</param>
/// <param name="Closes">The case would be closed by it.</param>
public sealed record CompletionPreview(string Outcome, IReadOnlyList<PreviewedMessage> Messages, bool Closes)
{
    /// <summary>Stands for exactly these messages under this outcome: two previews with the same seal say the same.</summary>
    public string Seal { get; } = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\u001f', Messages.SelectMany(m => new[] { m.Kind, m.Recipient, m.Text, m.Blocked.ToString() }).Prepend(Outcome)))));
}
