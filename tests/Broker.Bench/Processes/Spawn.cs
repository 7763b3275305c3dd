using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Broker.Bench.Processes;

/// <summary>
/// Runs a program by posix_spawn with pipes, as a container runtime calls a CNI plugin; what .NET's own Process adds
/// would be added to both sides of a ratio and flatter it.
/// </summary>
internal static unsafe partial class Spawn
{
    private const int CloseOnExec = 0x80000;
    private const int OutputBytesMax = 64 * 1024;

    /// <summary>Room for glibc's posix_spawn_file_actions_t, which has 80 bytes.</summary>
    private const int FileActionsBytes = 256;

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The full path.</param>
    /// <param name="environment">Lines such as <c>CNI_COMMAND=ADD</c>; nothing else is in its environment.</param>
    /// <param name="input">Standard input; less than a pipe holds (64 KiB).</param>
    /// <exception cref="InvalidOperationException">It could not be run.</exception>
    public static SpawnResult Run(string program, IReadOnlyList<string> environment, ReadOnlySpan<byte> input)
    {
        var (stdin, stdout) = (Pipe(), Pipe());
        int pid;
        using (stdin.Read)
        using (stdout.Write)
        {
            pid = Start(program, environment, stdin.Read, stdout.Write);
        }

        using (var write = new FileStream(stdin.Write, FileAccess.Write, bufferSize: 0))
        {
            write.Write(input);
        }

        using var read = new FileStream(stdout.Read, FileAccess.Read, bufferSize: 0);
        var output = ReadAll(read);
        int status;
        _ = WaitPid(pid, &status, 0) == pid
            ? 0
            : throw new InvalidOperationException($"waitpid: {Marshal.GetLastPInvokeErrorMessage()}");
        var exit = (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
        return new SpawnResult(exit, output);
    }

    private static int Start(
        string program, IReadOnlyList<string> environment, SafeFileHandle stdin, SafeFileHandle stdout)
    {
        var actions = stackalloc byte[FileActionsBytes];
        _ = FileActionsInit(actions); // Never fails on Linux.
        try
        {
            Demand(FileActionsAddDup2(actions, (int)stdin.DangerousGetHandle(), 0));
            Demand(FileActionsAddDup2(actions, (int)stdout.DangerousGetHandle(), 1));
            using var arguments = new NativeStrings([program]);
            using var variables = new NativeStrings(environment);
            int pid;
            Demand(PosixSpawn(&pid, program, actions, null, arguments.Pointer, variables.Pointer));
            return pid;
        }
        finally
        {
            _ = FileActionsDestroy(actions); // Never fails on Linux.
        }
    }

    private static string ReadAll(FileStream stream)
    {
        var buffer = new byte[OutputBytesMax];
        var length = 0;
        while (length < buffer.Length && stream.Read(buffer.AsSpan(length)) is var count and > 0)
        {
            length += count;
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (Pipe2(ends, CloseOnExec) != 0)
        {
            throw new InvalidOperationException($"pipe2: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    private static void Demand(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"posix_spawn: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(
        int* pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int FileActionsAddDup2(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, int* status, int options);
}
