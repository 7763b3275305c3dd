using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Broker.Cni.Install;

/// <summary>
/// <c>broker-ipam install</c> and <c>remove</c>, as a pod on each node runs them: do it, then keep it so until SIGTERM.
/// What is in place stays when it ends, for pods need it for as long as they live.
/// </summary>
internal static class InstallProgram
{
    private static readonly TimeSpan every = TimeSpan.FromSeconds(10);

    /// <summary>Whether these are not the arguments of a plugin: a runtime gives a plugin none.</summary>
    public static bool IsFor(string[] arguments) => arguments is ["install" or "remove", ..];

    public static async Task<int> RunAsync(string[] arguments, string program, Stream errors, TimeProvider time)
    {
        void Say(string text) => errors.Write(Encoding.UTF8.GetBytes($"broker-ipam: {text}\n"));

        if (InstallArguments.Read(arguments, out var fault) is not { } read)
        {
            Say($"{fault}\n{InstallArguments.Usage}");
            return 2;
        }

        var installer = new Installer(read, program, Say);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var swept = false;
        while (true)
        {
            var done = Try(installer, read, ref swept, Say);
            if (read.Once)
            {
                return done ? 0 : 1;
            }

            try
            {
                await Task.Delay(every, time, stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }
    }

    private static bool Try(Installer installer, InstallArguments arguments, ref bool swept, Action<string> say)
    {
        try
        {
            if (!swept)
            {
                installer.Sweep();
                swept = true;
            }

            if (arguments.Removes)
            {
                installer.Remove();
            }
            else
            {
                installer.Put();
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // Tried again: a mounted file may come later than the pod, and a disk may have room again.
            say($"not done: {error.Message}");
            return false;
        }
    }
}
