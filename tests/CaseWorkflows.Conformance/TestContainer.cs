using CaseWorkflows.Engine.Activities.Containers;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Conformance;

/// <summary>A container of the reference's own tests: a custom activity class, as a customer would write one.</summary>
[Activity(Namespace = "Elsa.Testing.Shared.Activities", IsContainer = true, Hidden = true)]
public sealed class TestContainer : Sequence;
