namespace CaseWorkflows.Engine.Execution;

/// <summary>A flowchart's book-keeping. Counter mode uses the visits, token mode the tokens; all by index in the flowchart.</summary>
internal sealed class FlowState(int activities, int connections)
{
    public int[] ActivityVisits { get; init; } = new int[activities];

    public int[] ConnectionVisits { get; init; } = new int[connections];

    public bool[] LastFollowed { get; init; } = new bool[connections];

    public List<Token> Tokens { get; init; } = [];

    public FlowState Clone() => new(0, 0)
    {
        ActivityVisits = [.. ActivityVisits],
        ConnectionVisits = [.. ConnectionVisits],
        LastFollowed = [.. LastFollowed],
        Tokens = [.. Tokens.Select(t => new Token(t.Connection) { Blocked = t.Blocked, Consumed = t.Consumed })],
    };

    /// <summary>Something on its way along a connection.</summary>
    internal sealed class Token(int connection)
    {
        public int Connection { get; } = connection;

        public bool Blocked { get; set; }

        public bool Consumed { get; set; }

        public bool IsActive => !Blocked && !Consumed;
    }
}
