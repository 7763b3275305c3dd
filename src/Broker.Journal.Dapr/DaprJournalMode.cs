namespace Broker.Journal.Dapr;

/// <summary>What a store is opened for.</summary>
public enum DaprJournalMode
{
    /// <summary>Reads only, and takes nothing from its writer.</summary>
    ReadOnly = 0,

    /// <summary>Takes the ledger over when it is opened, then reads and writes.</summary>
    ReadWrite = 1,

    /// <summary>May create the ledger where there is none.</summary>
    Create = 2,
}
