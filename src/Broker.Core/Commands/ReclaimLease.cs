using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// End what the attachment holds because its pod is gone or has ended. Granted is the position of one of its leases;
/// when that one has ended by now, nothing changes and no address is named.
/// </summary>
public sealed record ReclaimLease(Attachment Attachment, long Granted, Evidence Evidence)
    : Command<LeasesEnded>(Actor.Broker, null);
