namespace Broker.Agent.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>It did not get what it was to get; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM; what a shell has for SIGINT.</summary>
    public const int Interrupted = 130;
}
