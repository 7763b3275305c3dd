using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Contracts.Leases;
using Broker.Contracts.Problems;

namespace Broker.Tests.Cni;

/// <summary>Answers in the order that a test wrote down, and then grants and releases whatever is asked.</summary>
internal sealed class ScriptedBroker : ILeaseBroker
{
    private readonly Queue<Func<Problem?>> _script = new();
    private int _answersFirst;

    /// <summary>What was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    public HeldLeases Held { get; set; } = new([], false);

    public string Standing { get; set; } = "active";

    public bool Disposed { get; private set; }

    /// <summary>The next calls get no answer.</summary>
    public ScriptedBroker Silent(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _script.Enqueue(() => null);
        }

        return this;
    }

    /// <summary>The next call is refused.</summary>
    public ScriptedBroker Refuses(string code, int status, int? retryAfterSeconds = null)
    {
        _script.Enqueue(
            () => new Problem("about:blank", "Title.", status, code, "Detail.", "Next.", retryAfterSeconds));
        return this;
    }

    /// <summary>So many calls are answered; the one after them is refused.</summary>
    public ScriptedBroker ThenRefuses(int answers, string code, int status)
    {
        _answersFirst = answers;
        return Refuses(code, status);
    }

    public Task<Reply<IReadOnlyList<GrantedAddress>>> GrantAsync(LeaseRequest request, TimeSpan limit)
    {
        IReadOnlyList<GrantedAddress> granted = [new("10.0.0.2", 24, "10.0.0.1")];
        return Answer($"grant {request.RequestId}", granted);
    }

    public Task<Reply<IReadOnlyList<string>>> ReleaseAsync(AttachmentName attachment, TimeSpan limit)
    {
        IReadOnlyList<string> released = [];
        return Answer($"release {attachment.ContainerId}", released);
    }

    public Task<Reply<HeldLeases>> ListAsync(TimeSpan limit) => Answer("list", Held);

    public Task<Reply<string>> StandingAsync(TimeSpan limit) => Answer("standing", Standing);

    public void Dispose() => Disposed = true;

    private Task<Reply<T>> Answer<T>(string asked, T answer)
        where T : class
    {
        Asked.Add(asked);
        if (_answersFirst-- > 0 || !_script.TryDequeue(out var next))
        {
            return Task.FromResult(Reply<T>.Of(answer));
        }

        return Task.FromResult(next() is { } problem
            ? Reply<T>.Refused(problem)
            : Reply<T>.None(new CniError(CniErrorCode.TryAgainLater, "broker unreachable", "Check it."), true));
    }
}
