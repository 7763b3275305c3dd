using Broker.Journal.Store;

namespace Broker.Simulator.Machines;

/// <summary>Where the journal lies in a simulation.</summary>
internal interface IJournalPlace
{
    /// <summary>Whether a broker may be started while another one runs.</summary>
    bool TakesSeveral { get; }

    /// <summary>The journal as a process opens it.</summary>
    IJournalStore Open(Life life);

    /// <summary>The place for a ledger that is not there yet.</summary>
    IJournalStore OpenToCreate(Life life);

    /// <summary>A process was killed: what becomes of what it was writing.</summary>
    void Killed();

    /// <summary>Somebody may put an old copy there while nobody runs.</summary>
    void MayBeRestored();

    /// <summary>A broker serves.</summary>
    void Served();

    /// <summary>
    /// A broker refused to start because of what it found; whether there was a reason, which is put right.
    /// </summary>
    bool PutRight();
}
