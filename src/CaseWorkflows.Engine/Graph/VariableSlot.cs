namespace CaseWorkflows.Engine.Graph;

/// <summary>A declared variable, ready for use: its CLR type (null = anything) and its default value.</summary>
internal sealed record VariableSlot(string Id, string Name, Type? Type, object? Default, bool InMemory);
