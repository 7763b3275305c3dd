using Broker.Cli.Hosting;
using Broker.Cli.Output;

return await CtlProgram.RunAsync(args, Screen.OfProcess(), CliEnvironment.OfProcess());
