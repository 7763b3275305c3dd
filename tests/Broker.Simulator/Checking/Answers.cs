using Broker.Core.Commands;
using Broker.Core.Views;
using Broker.Journal.Writing;

namespace Broker.Simulator.Checking;

/// <summary>Looks at each answer at the moment when it leaves a broker.</summary>
internal sealed class Answers(Faults faults, History history, Holdings holdings)
{
    private long _newest;

    /// <summary>Answers so far.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The newest size that an answer was given with: whoever asks from now on is answered from nothing older, or a
    /// deposed writer answers.
    /// </summary>
    public long Newest => _newest;

    /// <summary>An answer leaves.</summary>
    /// <param name="who">The broker.</param>
    /// <param name="head">What is durable there.</param>
    /// <param name="floor"><see cref="Newest"/> when the question came.</param>
    public void Left(string who, DurableHead head, long floor)
    {
        Count++;
        history.Left(head);
        if (head.Size < floor)
        {
            faults.Add($"{who} answers from size {head.Size}; the question came after an answer from size {floor}");
        }

        _newest = Math.Max(_newest, head.Size);
    }

    /// <summary>An answer to a command leaves.</summary>
    public void Left(Command command, object answer, DurableHead head)
    {
        switch (answer)
        {
            case LeasesGranted granted:
                foreach (var lease in granted.Leases)
                {
                    RequireDurable(lease.Position, head);
                    holdings.Granted(lease);
                }

                break;
            case BlocksGranted granted:
                foreach (var block in granted.Blocks)
                {
                    RequireDurable(block.Generation.Position, head);
                }

                break;
            case LeasesEnded when command is ReleaseLease release:
                holdings.Released(release.Attachment.ContainerId);
                break;
        }
    }

    private void RequireDurable(long position, DurableHead head)
    {
        if (position >= head.Size)
        {
            faults.Add($"position {position} is answered when {head.Size} events are durable");
        }
    }
}
