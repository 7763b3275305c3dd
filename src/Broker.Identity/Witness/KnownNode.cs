using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Identity.Witness;

/// <summary>A node as the journal last told of it.</summary>
internal sealed record KnownNode(NodeUid Uid, Standing Standing, CertificateHash? Current, bool IsProvisional);
