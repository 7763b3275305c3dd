using System.Text;
using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Errors;
using Broker.Cni.Invocation;
using Broker.Cni.Results;
using Broker.Cni.Spool;
using Broker.Cni.Verbs;

namespace Broker.Cni;

/// <summary>One exec: environment and standard input in; standard output, error and an exit code out.</summary>
internal sealed class Plugin(PluginWorld world)
{
    private const string About = "broker-ipam: addresses from Broker, for CNI";

    public async Task<int> RunAsync(Func<string, string?> variable, Stream input, Stream output, Stream errors)
    {
        if (string.IsNullOrEmpty(variable("CNI_COMMAND")))
        {
            Say(errors, $"{About}\nCNI protocol versions supported: {string.Join(", ", CniVersions.All)}");
            return 0;
        }

        var version = CniVersions.Newest;
        try
        {
            var environment = CniEnvironment.Read(variable);
            if (environment.Verb == CniVerb.Version)
            {
                output.Write(ResultWriter.Versions());
                return 0;
            }

            using var document = NetworkConfigReader.Decode(ReadAll(input));
            version = NetworkConfigReader.VersionOf(document.RootElement);
            var config = NetworkConfigReader.Read(document.RootElement, environment);
            return await RunAsync(environment, config, output, errors).ConfigureAwait(false);
        }
        catch (CniException error)
        {
            return Fail(output, version, error.Error);
        }
        catch (Exception error)
        {
            Say(errors, error.ToString());
            return Fail(output, version, new CniError(
                CniErrorCode.Internal,
                $"broker-ipam failed: {error.GetType().Name}: {error.Message}",
                "Report it, with the configuration and what stands on standard error."));
        }
    }

    private async Task<int> RunAsync(CniEnvironment environment, NetworkConfig config, Stream output, Stream errors)
    {
        var isDel = environment.Verb == CniVerb.Del;
        var patience = isDel && config.Ipam.Timeout > DelVerb.PatienceMax ? DelVerb.PatienceMax : config.Ipam.Timeout;
        var spool = new ReleaseSpool(Path.Combine(config.Ipam.StateDir, "spool"));
        var slots = new ConnectionSlots(Path.Combine(config.Ipam.StateDir, "slots"), world.Clock, world.Random);
        using var broker = new GatedBroker(
            () => world.Connect(config.Ipam, environment.Trace), slots, world.Clock, world.Random, patience);
        var server = config.Ipam.Server.GetLeftPart(UriPartial.Authority);
        var delivery = new SpoolDelivery(spool, server, world.Clock);
        var exec = new Exec(environment, config, broker, spool, delivery, world);

        var result = await RunVerbAsync(exec).ConfigureAwait(false);
        if (result.Note is { } note)
        {
            Say(errors, note);
        }

        if (result.Error is { } error)
        {
            return Fail(output, config.CniVersion, error);
        }

        output.Write(result.Output);
        output.Flush();
        if (broker.HasAnswered)
        {
            await delivery.TellOthersAsync(broker).ConfigureAwait(false);
        }

        return 0;
    }

    private static Task<VerbResult> RunVerbAsync(Exec exec) => exec.Environment.Verb switch
    {
        CniVerb.Add => AddVerb.RunAsync(exec),
        CniVerb.Del => DelVerb.RunAsync(exec),
        CniVerb.Check => CheckVerb.RunAsync(exec),
        CniVerb.GC => GcVerb.RunAsync(exec),
        _ => StatusVerb.RunAsync(exec),
    };

    // On this thread: an asynchronous read would start the thread pool.
    private static ReadOnlyMemory<byte> ReadAll(Stream input)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        while (true)
        {
            var read = input.Read(buffer.AsSpan(length));
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > NetworkConfigReader.BytesMax)
            {
                throw Members.Wrong("standard input", $"has more than {NetworkConfigReader.BytesMax} bytes.");
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static int Fail(Stream output, string version, CniError error)
    {
        output.Write(ResultWriter.Failure(version, error));
        return 1;
    }

    private static void Say(Stream errors, string text) => errors.Write(Encoding.UTF8.GetBytes(text + "\n"));
}
