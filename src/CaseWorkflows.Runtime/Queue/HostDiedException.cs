namespace CaseWorkflows.Runtime;

/// <summary>Every try of an item ended with the host that made it.</summary>
internal sealed class HostDiedException(int tries)
    : Exception($"Försöken är slut: värden har stannat {tries} gånger medan detta utfördes. Se efter vad som är särskilt med det innan det försöks igen.");
