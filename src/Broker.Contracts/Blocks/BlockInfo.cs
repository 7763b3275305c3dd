namespace Broker.Contracts.Blocks;

/// <summary>A live block and how full it is.</summary>
public sealed record BlockInfo(
    string Block,
    string Pool,
    string Network,
    string Node,
    string NodeUid,
    string Certificate,
    long Generation,
    string Lessor,
    string GrantedAt,
    long Leases,
    long Cooling,
    long Free);
