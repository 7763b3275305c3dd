namespace Broker.Server.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>It could not start, or a check failed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the settings are wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM before it had done what it was to do; what a shell has for SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The journal failed, or another writer took over, while serving.</summary>
    public const int JournalFailed = 70;
}
