using System.Runtime.InteropServices;

namespace Broker.Cni.Direct;

/// <summary>
/// Keeps OpenSSL from the machine's trust store. We trust the configured CA alone, but .NET builds a chain for the
/// client certificate too, and for that it would read every CA of the machine at each exec: tens of milliseconds.
/// .NET's own environment is a copy that OpenSSL does not see, hence setenv(3), before any other thread lives.
/// </summary>
internal static partial class SystemTrust
{
    private const string Nowhere = "/dev/null";

    public static void Forget()
    {
        // It fails only for want of memory; then the exec is slower and nothing else.
        _ = SetVariable("SSL_CERT_FILE", Nowhere, 1);
        _ = SetVariable("SSL_CERT_DIR", Nowhere, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
