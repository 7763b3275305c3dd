using Broker.Contracts.Blocks;
using Broker.Contracts.Ledgers;

namespace Broker.Contracts.Custody;

/// <summary>
/// A node's chain of custody, read from the journal: everything that was asked for, issued and decided under its name,
/// oldest first, what is retired or was denied too. Each list holds its newest thousand; Earlier counts what came
/// before them. Blocks and leases are what it holds now, Granted names the blocks.
/// </summary>
public sealed record NodeCustody(
    string Name,
    string Uid,
    bool Registered,
    string Standing,
    IReadOnlyList<StandingStep> Standings,
    IReadOnlyList<CustodyRequest> Requests,
    IReadOnlyList<CustodyCertificate> Certificates,
    IReadOnlyList<CustodyAlarm> Alarms,
    IReadOnlyList<BlockInfo> Granted,
    int Blocks,
    long Leases,
    CustodyEarlier Earlier,
    LedgerPosition Ledger);
