using Broker.Journal.Dapr;
using Broker.Journal.Store;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.States;

/// <summary>A state store behind sidecars, which several brokers reach by the product's own protocol.</summary>
internal sealed class StatePlace(Timeline timeline, StateKind kind, Plant plant) : IJournalPlace
{
    private readonly SharedState _state = new();

    /// <inheritdoc/>
    public bool TakesSeveral => true;

    private static DaprJournalSettings Settings { get; } = new()
    {
        Endpoint = new Uri("http://127.0.0.1:1"),
        StateStore = "journal",
        Name = "ipam",
        Origin = Simulation.Origin,
        TakeOver = true,
    };

    /// <inheritdoc/>
    public IJournalStore Open(Life life)
    {
        var store = Over(life, DaprJournalMode.ReadWrite);
        return plant == Plant.NoLookAtHead ? new UncontestedStore(store) : store;
    }

    /// <inheritdoc/>
    public IJournalStore OpenToCreate(Life life) => Over(life, DaprJournalMode.Create);

    /// <inheritdoc/>
    public void Killed()
    {
        // What was sent is on its way.
    }

    /// <inheritdoc/>
    public void MayBeRestored()
    {
        // A process that starts on another machine has no mark of its own to tell by.
    }

    /// <inheritdoc/>
    public void Served()
    {
        // Nothing is put right here.
    }

    /// <inheritdoc/>
    public bool PutRight() => false;

    private DaprJournalStore Over(Life life, DaprJournalMode mode) => DaprJournalStore.Over(
        new SimulatedStateApi(timeline, _state, kind, life, plant), Settings, mode, life.Clock, begin => begin());
}
