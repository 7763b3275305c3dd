using System.Runtime.InteropServices;

namespace Broker.Testing.Processes;

/// <summary>Signals by process id, which .NET only sends as SIGKILL.</summary>
internal static partial class PosixSignal
{
    public const int Interrupt = 2;
    public const int Kill9 = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>A negative id is a process group. True when it was sent; false when that process is gone.</summary>
    public static bool Send(int processId, int signal) => Kill(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
