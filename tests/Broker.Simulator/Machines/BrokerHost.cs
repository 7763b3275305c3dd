using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Simulator.Checking;
using Broker.Simulator.Time;

namespace Broker.Simulator.Machines;

/// <summary>A broker on a machine: the product's own writer, started and killed again and again.</summary>
internal sealed class BrokerHost(
    Timeline timeline, Machine machine, IJournalPlace place, Answers answers, IDurableObserver observer, Faults faults)
{
    // What a start meets when the journal lost something: only a restored copy explains it.
    private static readonly string[] losses =
        ["batch_missing", "batch_damaged", "head_missing", "head_damaged", "head_back_in_time", "ledger_missing"];

    private readonly List<Action> _atEnd = [];
    private Life? _life;

    public string Name => machine.Name;

    public Machine Machine => machine;

    public BrokerPhase Phase { get; private set; }

    /// <summary>The writer while it serves.</summary>
    public LedgerWriter? Writer { get; private set; }

    /// <summary>When it began to serve.</summary>
    public long ServingSince { get; private set; }

    /// <summary>Starts a process; whatever comes of it.</summary>
    public void Start()
    {
        (_life, Phase) = (new Life(timeline, machine), BrokerPhase.Starting);
        _ = RunAsync(_life); // It says itself what goes wrong.
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        if (Phase != BrokerPhase.Down)
        {
            faults.Trace($"{Name} is killed");
            _life!.Kill();
            place.Killed();
            End();
        }
    }

    /// <summary>Has something done when the process ends.</summary>
    public void AtEnd(Action what) => _atEnd.Add(what);

    /// <summary>A command arrives.</summary>
    public void Ask<T>(Command<T> command, Action<Outcome<T>> answered)
        where T : class => Arrive(writer => AskAsync(writer, command, answered));

    /// <summary>A question for all leases arrives.</summary>
    public void AskLeases(Action begun, Action<IReadOnlyList<LeaseView>> answered) =>
        Arrive(writer => ReadAsync(writer, q => q.Leases(null, int.MaxValue), begun, answered));

    /// <summary>A question for the blocks of a node arrives.</summary>
    public void AskBlocks(NodeName node, Action<IReadOnlyList<BlockView>> answered) =>
        Arrive(writer => ReadAsync(writer, q => q.Blocks(node), () => { }, answered));

    private async Task ReadAsync<T>(
        LedgerWriter writer, Func<LedgerQueries, T> read, Action begun, Action<T> answered)
    {
        begun();
        var floor = answers.Newest;
        try
        {
            var (size, found) = await writer.ReadAsync(q => (q.Ledger.Size, read(q)), CancellationToken.None);
            answers.Left(Name, writer.Durable, floor);
            if (size > writer.Durable.Size)
            {
                faults.Add($"{Name} reads {size} events when {writer.Durable.Size} are durable");
            }

            answered(found);
        }
        catch (WriterStoppedException e)
        {
            faults.Trace($"{Name} does not answer: {e.Code}");
        }
    }

    private void Arrive(Func<LedgerWriter, Task> ask)
    {
        if (_life is { IsAlive: true } life && Phase == BrokerPhase.Serving)
        {
            life.Later(0, () => _ = Phase == BrokerPhase.Serving ? ask(Writer!) : null);
        }
    }

    private async Task AskAsync<T>(LedgerWriter writer, Command<T> command, Action<Outcome<T>> answered)
        where T : class
    {
        var floor = answers.Newest;
        try
        {
            var outcome = await writer.SubmitAsync(command, CancellationToken.None);
            answers.Left(Name, writer.Durable, floor);
            if (outcome.Answer is { } answer)
            {
                answers.Left(command, answer, writer.Durable);
            }

            answered(outcome);
        }
        catch (OverloadedException e)
        {
            faults.Trace($"{Name} turns a grant away for {e.RetryAfterSeconds} s");
            if (command is not (GrantLease or GrantBlocks))
            {
                faults.Add($"{Name} turns {command.GetType().Name} away");
            }
        }
        catch (WriterStoppedException e)
        {
            faults.Trace($"{Name} does not answer: {e.Code}");
        }
    }

    private async Task RunAsync(Life life)
    {
        try
        {
            var settings = new LedgerWriterSettings
            {
                QueueMax = 16,
                Waking = TaskCreationOptions.None,
                AheadMin = timeline.Random.Next(1, 4),
            };
            Writer = await LedgerWriter.StartAsync(
                place.Open(life), settings, life.Clock, [observer], CancellationToken.None);
            place.Served();
            (Phase, ServingSince) = (BrokerPhase.Serving, timeline.Now);
            faults.Trace($"{Name} serves epoch {Writer.Durable.Epoch} from size {Writer.Durable.Size}");
            await Writer.Stopped;
        }
        catch (WriterStoppedException e)
        {
            faults.Trace($"{Name} ends: {e.Code}: {e.Message}");
            if (e.Code == "writer_failed")
            {
                faults.Add($"{Name}: {e.InnerException}");
            }
        }
        catch (JournalDamagedException e)
        {
            PutRight(e.Code, e.Message);
        }
        catch (JournalStoreException e)
        {
            faults.Trace($"{Name} does not start: {e.Code}");
            if (losses.Contains(e.Code, StringComparer.Ordinal))
            {
                PutRight(e.Code, e.Message);
            }
        }

        life.Kill();
        End();
    }

    private void PutRight(string code, string message)
    {
        faults.Trace($"{Name} does not start: {code}");
        if (!place.PutRight())
        {
            faults.Add($"{Name} refuses to start: {message}");
        }
    }

    private void End()
    {
        (Phase, Writer) = (BrokerPhase.Down, null);
        foreach (var what in _atEnd)
        {
            what();
        }

        _atEnd.Clear();
    }
}
