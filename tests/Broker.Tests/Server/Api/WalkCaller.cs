namespace Broker.Tests.Server.Api;

/// <summary>Every kind of caller that can turn up at a listener.</summary>
[Flags]
public enum WalkCaller
{
    None = 0,
    NoCertificate = 1,
    Node = 2,
    QuarantinedNode = 4,
    FencedNode = 8,
    RetiredNode = 16,
    UnwitnessedNode = 32,
    Operator = 64,
    Auditor = 128,
}
