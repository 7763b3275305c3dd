namespace Broker.Cli.Hosting;

/// <summary>The stable codes of what goes wrong on this side of the wire.</summary>
internal static class CliCodes
{
    public const string Unreachable = "unreachable";
    public const string ContextMissing = "context_missing";
    public const string ContextUnknown = "context_unknown";
    public const string ContextInvalid = "context_invalid";
    public const string ContextFile = "context_file";
    public const string ContextTaken = "context_taken";
    public const string FileUnreadable = "file_unreadable";
    public const string PoolsInvalid = "pools_invalid";
    public const string PoolsRefused = "pools_refused";
    public const string PoolsPartial = "pools_partial";
    public const string ReadmissionsInvalid = "readmissions_invalid";
    public const string CertificateUnclear = "certificate_unclear";
    public const string TimeInvalid = "time_invalid";
    public const string CodeUnknown = "code_unknown";
    public const string StreamBroken = "stream_broken";
}
