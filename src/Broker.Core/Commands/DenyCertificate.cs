using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Never accept again: one certificate by its hash, whatever has the key, whatever has the serial number of the
/// issuer; with none of them all certificates of the node that are on record, by their keys.
/// </summary>
public sealed record DenyCertificate(
    Actor Actor,
    NodeName Node,
    NodeUid? SeenUid,
    CertificateHash? Certificate,
    KeyHash? Key,
    KeyHash? Issuer,
    string? Serial,
    PrivateText? Reason)
    : Command<NodeView>(Actor, null);
