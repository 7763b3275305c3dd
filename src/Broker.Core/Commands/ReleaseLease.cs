using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// End what the attachment holds. An unknown attachment leaves a tombstone of ten minutes and is answered all
/// the same.
/// </summary>
public sealed record ReleaseLease(
    NodeCaller Caller, Attachment Attachment)
    : Command<LeasesEnded>(Caller.Actor, null);
