using CaseWorkflows.Benchmarks;

// durable --instances 5000 --concurrency 8 [--connection "Host=…"]   one JSON object a line
// engine  --instances 20000                                          in memory, one thread
switch (args.FirstOrDefault())
{
    case "durable":
        await DurableBenchmark.RunAsync(Arguments.From(args));
        return 0;
    case "engine" or "memory":
        EngineBenchmark.Run(Arguments.From(args));
        return 0;
    default:
        Console.Error.WriteLine("usage: durable --instances 5000 --concurrency 8 [--connection <string>] | engine --instances 20000");
        return 2;
}
