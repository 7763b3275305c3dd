namespace Broker.Journal.Sqlite;

/// <summary>What a data folder is opened for.</summary>
public enum SqliteStoreMode
{
    /// <summary>To create a ledger where none is. Holds the lock.</summary>
    Create = 0,

    /// <summary>To read and append. Holds the lock.</summary>
    ReadWrite = 1,

    /// <summary>To read only, also beside a process that holds the lock.</summary>
    ReadOnly = 2,
}
