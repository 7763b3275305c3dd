namespace Broker.Cni.Invocation;

/// <summary>What a runtime asks for; CNI specification 1.1.0, section 2.</summary>
internal enum CniVerb
{
    Add,
    Del,
    Check,
    GC,
    Status,
    Version,
}
