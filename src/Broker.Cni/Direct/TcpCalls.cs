using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Broker.Cni.Direct;

/// <summary>socket(7) as Linux has it on 64-bit machines.</summary>
internal static unsafe partial class TcpCalls
{
    /// <summary>What a call that a signal broke off gives; it is made again.</summary>
    public const int Interrupted = 4; // EINTR

    private const int Inet = 2;
    private const int Inet6 = 10;
    private const int StreamCloseOnExec = 0x80001; // SOCK_STREAM | SOCK_CLOEXEC
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int ReceiveTimeout = 20; // SO_RCVTIMEO
    private const int SendTimeout = 21; // SO_SNDTIMEO; connect(2) keeps it, too.
    private const int TcpLevel = 6; // IPPROTO_TCP
    private const int NoDelay = 1; // TCP_NODELAY
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int WouldBlock = 11; // EAGAIN: the time-out of a blocking call.
    private const int InProgress = 115; // EINPROGRESS: the same, of connect(2).

    /// <summary>A socket's descriptor, or a negative number.</summary>
    public static int Open(AddressFamily family) =>
        Socket(family == AddressFamily.InterNetworkV6 ? Inet6 : Inet, StreamCloseOnExec, 0);

    /// <summary>What goes out is whole and small: nothing more comes that it could wait for.</summary>
    public static void SendAtOnce(int descriptor)
    {
        var one = 1;
        _ = SetOption(descriptor, TcpLevel, NoDelay, &one, sizeof(int)); // Without it it is slower and nothing else.
    }

    public static void LimitReceiving(int descriptor, TimeSpan limit) => Limit(descriptor, ReceiveTimeout, limit);

    public static void LimitSending(int descriptor, TimeSpan limit) => Limit(descriptor, SendTimeout, limit);

    public static int Connect(int descriptor, ReadOnlySpan<byte> address)
    {
        fixed (byte* bytes = address)
        {
            return Connect(descriptor, bytes, (uint)address.Length);
        }
    }

    public static nint Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Receive(descriptor, bytes, (nuint)buffer.Length, 0);
        }
    }

    public static nint Send(int descriptor, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return Send(descriptor, bytes, (nuint)buffer.Length, NoSignal);
        }
    }

    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor); // It is gone in any case.

    /// <summary>Why the last call failed.</summary>
    public static IOException Failed()
    {
        var error = Marshal.GetLastPInvokeError();
        return error is WouldBlock or InProgress
            ? new OverdueException()
            : new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private static void Limit(int descriptor, int option, TimeSpan limit)
    {
        // A limit of nothing would be none at all.
        var microseconds = Math.Max(1, (long)limit.TotalMicroseconds);
        var time = stackalloc long[] { microseconds / 1_000_000, microseconds % 1_000_000 };
        if (SetOption(descriptor, SocketLevel, option, time, 2 * sizeof(long)) != 0)
        {
            throw Failed();
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int descriptor, int level, int option, void* value, uint bytes);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int descriptor, byte* address, uint bytes);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, byte* buffer, nuint bytes, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, byte* buffer, nuint bytes, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
