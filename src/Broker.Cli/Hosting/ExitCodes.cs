namespace Broker.Cli.Hosting;

/// <summary>How the program ends; also told by <c>brokerctl --help</c>.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>The broker refused, or a check failed; standard error says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>Only <c>pools apply --dry-run</c>: something would change.</summary>
    public const int WouldChange = 2;

    /// <summary>The command line is wrong; the number of sysexits.h.</summary>
    public const int Usage = 64;

    /// <summary>No answer from the broker; the number of sysexits.h.</summary>
    public const int Unreachable = 69;

    /// <summary>Ctrl-C; what a shell has for SIGINT.</summary>
    public const int Interrupted = 130;
}
