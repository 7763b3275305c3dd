using Broker.Core.Blocks;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Requests;

/// <summary>Which request ids are in use, and which have ended a short while ago.</summary>
internal sealed class RequestsState
{
    /// <summary>Most ended requests and most tombstones; past that the oldest is forgotten.</summary>
    public const int EndedMax = 65_536;

    /// <summary>How long an ended request or a tombstone is remembered.</summary>
    public const int EndedSeconds = 600;

    private readonly Dictionary<RequestKey, RequestUse> _uses = [];

    /// <summary>Requests whose lease or block has ended.</summary>
    public ExpiringSet<RequestKey> Ended { get; } = new(EndedMax, EndedSeconds);

    /// <summary>Attachments whose release came before any grant. Not journalled.</summary>
    public ExpiringSet<Attachment> Tombstones { get; } = new(EndedMax, EndedSeconds);

    /// <summary>
    /// Attachments that were answered: their leases have ended, or a grant to them was refused. A release of one
    /// repeats or follows; it has not overtaken its grant, and leaves no tombstone. Not journalled.
    /// </summary>
    public ExpiringSet<Attachment> Answered { get; } = new(EndedMax, EndedSeconds);

    public int Count => _uses.Count;

    public RequestUse? Find(RequestKey key) => _uses.GetValueOrDefault(key);

    /// <summary>Takes the newest use: of a lease whose block came with it, the lease.</summary>
    public void Use(RequestKey key, RequestUse use)
    {
        if (_uses.GetValueOrDefault(key) is BlockRequest blocks && use is not BlockRequest)
        {
            foreach (var block in blocks.Blocks)
            {
                block.Request = null;
            }
        }

        _uses[key] = use;
    }

    /// <summary>Notes a block of a request.</summary>
    public void AddBlock(RequestKey key, BlockState block)
    {
        if (Find(key) is not BlockRequest request)
        {
            request = new BlockRequest { Key = key };
            Use(key, request);
        }

        request.Blocks.Add(block);
        block.Request = request;
    }

    /// <summary>Ends a request for blocks with the first of them that is released.</summary>
    public void End(BlockRequest request, LedgerTime now)
    {
        foreach (var block in request.Blocks)
        {
            block.Request = null;
        }

        End(request.Key, now);
    }

    public void End(RequestKey key, LedgerTime now)
    {
        _ = _uses.Remove(key); // It is there: what has ended was found through it.
        Ended.Add(key, now);
    }

    public void Validate(List<string> faults)
    {
        Ended.Validate(faults, "ended requests");
        Tombstones.Validate(faults, "tombstones");
        Answered.Validate(faults, "answered attachments");
    }
}
