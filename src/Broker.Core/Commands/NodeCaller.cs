using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Commands;

/// <summary>The node as it was admitted at the door; deciding looks everything up again.</summary>
public sealed record NodeCaller(NodeName Name, NodeUid Uid, CertificateHash Certificate)
{
    /// <summary>The caller as it stands in the journal.</summary>
    public Actor Actor => Actor.Node(Name, Certificate);
}
