namespace Broker.Core.Views;

/// <summary>The ledger as a whole; <c>Size</c> is the number of events.</summary>
public sealed record LedgerView(string Origin, long Epoch, long Size);
