namespace Broker.Contracts.Blocks;

/// <summary>
/// Takes a block from a node whose machine is gone. Generation, and seenUid if it is given, are what the operator saw:
/// if they have changed, conflict. Evidence is <c>machine_off</c>: the operator's word.
/// </summary>
public sealed record BlockReclaimRequest(
    long Generation, string Evidence, string? SeenUid = null, string? Reason = null);
