using Broker.Cni;
using Broker.Cni.Direct;
using Broker.Cni.Install;
using Broker.Cni.Verbs;
using Microsoft.Win32.SafeHandles;

// The three streams as files: the console of .NET would ask for a terminal first.
using var errors = Open(2, FileAccess.Write);
if (InstallProgram.IsFor(args))
{
    return await InstallProgram.RunAsync(args, Environment.ProcessPath!, errors, TimeProvider.System)
        .ConfigureAwait(false);
}

SystemTrust.Forget();
var plugin = new Plugin(new PluginWorld(
    TimeProvider.System,
    Random.Shared.NextDouble,
    () => Guid.NewGuid().ToString("N"),
    (ipam, trace) => new DirectBroker(NodeCredentials.Load(ipam), trace)));

using var input = Open(0, FileAccess.Read);
using var output = Open(1, FileAccess.Write);
return await plugin.RunAsync(Environment.GetEnvironmentVariable, input, output, errors).ConfigureAwait(false);

static FileStream Open(int descriptor, FileAccess access) =>
    new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
