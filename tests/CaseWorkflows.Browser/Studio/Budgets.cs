namespace CaseWorkflows.Browser.Studio;

/// <summary>Time budgets hold on a machine of its own; CASEWORKFLOWS_SLOW multiplies them on a shared one.</summary>
internal static class Budgets
{
    private static readonly double Factor = double.TryParse(Environment.GetEnvironmentVariable("CASEWORKFLOWS_SLOW"), out var slow) ? slow : 1;

    public static double Seconds(double seconds) => seconds * Factor;
}
