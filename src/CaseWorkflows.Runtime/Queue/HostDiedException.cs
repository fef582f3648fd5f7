namespace CaseWorkflows.Runtime;

/// <summary>The last try of an item ended with the host that made it: the time that it had is over, and the host has neither done it nor given it back.</summary>
internal sealed class HostDiedException(int tries)
    : Exception($"Försöken är slut efter {tries} gånger: värden stannade medan detta utfördes den sista. Se efter vad som är särskilt med det innan det försöks igen.");
