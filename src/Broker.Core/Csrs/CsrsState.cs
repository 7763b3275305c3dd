using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>
/// Decided signing requests. The oldest are forgotten past a bound, never those of remembered certificates.
/// </summary>
internal sealed class CsrsState
{
    /// <summary>Most decided requests without a remembered certificate.</summary>
    public const int CsrsMax = 65_536;

    private readonly Dictionary<CsrName, CsrState> _byName = [];
    private readonly LinkedList<CsrState> _forgettable = new();
    private readonly HashSet<CsrState> _replaced = [];
    private readonly Dictionary<KeyHash, KeyOwner> _keys = [];
    private readonly Dictionary<NodeName, CsrState> _unissued = [];

    /// <summary>Every request, in no order.</summary>
    public IEnumerable<CsrState> All => _byName.Values;

    public int Count => _byName.Count + _replaced.Count;

    /// <summary>Whether it is remembered: the newest of its name, or an earlier one.</summary>
    public bool Knows(CsrState csr) => Find(csr.Name) == csr || _replaced.Contains(csr);

    public CsrState? Find(CsrName name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a key is known under another node name. Denied requests make no key known.</summary>
    public bool IsKeyOfAnother(KeyHash key, NodeName node) =>
        _keys.TryGetValue(key, out var owner) && owner.Node != node;

    /// <summary>The newest request for a node name that is approved and whose certificate was not seen yet.</summary>
    public CsrState? Unissued(NodeName node) => _unissued.GetValueOrDefault(node);

    public void Observe(CsrObserved observed, long position)
    {
        var csr = new CsrState(observed, position);
        if (Find(csr.Name) is { } before)
        {
            // A cluster's object was deleted and made again under its name.
            if (before.Uid == csr.Uid)
            {
                throw new InvalidOperationException($"Request {csr.Name} was observed already.");
            }

            DropUnissued(before);
            _ = _replaced.Add(before); // It was the newest of its name until now.
        }

        _byName[csr.Name] = csr;
        csr.Place = _forgettable.AddLast(csr);
        ForgetPastMax();
    }

    public void Approve(CsrName name, string? rule, long position, Actor approver)
    {
        var csr = Decide(name, CsrDecision.Approved, rule, position, approver);
        csr.KnowsKey = true;
        _keys[csr.Key] = _keys.TryGetValue(csr.Key, out var owner)
            ? owner with { Requests = owner.Requests + 1 }
            : new KeyOwner(csr.Node, 1);
        _unissued[csr.Node] = csr;
    }

    public void Deny(CsrName name, string? rule, long position, Actor approver) =>
        _ = Decide(name, CsrDecision.Denied, rule, position, approver); // Nothing hangs on a denied request.

    /// <summary>The cluster's signer refused it.</summary>
    public void Fail(CsrName name, long position, Actor approver) =>
        _ = Decide(name, CsrDecision.Failed, null, position, approver); // Nothing hangs on a failed request.

    /// <summary>Its parts do not fit, whatever was recorded of it before.</summary>
    public void Contradict(CsrName name, string code, long position, Actor approver) =>
        DropUnissued(Decide(name, CsrDecision.Contradicted, code, position, approver));

    /// <summary>Its certificate was witnessed: it is kept as long as that is.</summary>
    public void Issue(CsrState csr, CertificateHash certificate)
    {
        csr.Decision = CsrDecision.Issued;
        csr.Certificate = certificate;
        DropUnissued(csr);
        if (csr.Place is { } place)
        {
            _forgettable.Remove(place);
            csr.Place = null;
        }
    }

    /// <summary>Its certificate is forgotten: now it may be.</summary>
    public void Unpin(CsrState csr)
    {
        csr.Place = _forgettable.AddLast(csr);
        ForgetPastMax();
    }

    public void Validate(List<string> faults)
    {
        var (placed, keys) = (0, 0);
        foreach (var csr in _byName.Values.Concat(_replaced))
        {
            placed += csr.Place is null ? 0 : 1;
            keys += csr.KnowsKey ? 1 : 0;
        }

        foreach (var owner in _keys.Values)
        {
            keys -= owner.Requests;
        }

        if (placed != _forgettable.Count || placed > CsrsMax || keys != 0)
        {
            faults.Add($"The indexes of signing requests differ: {placed}, {_forgettable.Count}, {keys}.");
        }
    }

    private CsrState Decide(CsrName name, CsrDecision decision, string? rule, long position, Actor approver)
    {
        var csr = _byName[name];
        csr.Decision = decision;
        csr.Rule = rule;
        csr.Approver = approver;
        csr.DecisionPosition = position;
        csr.LastPosition = position;
        return csr;
    }

    private void DropUnissued(CsrState csr)
    {
        if (Unissued(csr.Node) == csr)
        {
            _ = _unissued.Remove(csr.Node); // It was just found.
        }
    }

    private void ForgetPastMax()
    {
        while (_forgettable.Count > CsrsMax)
        {
            var csr = _forgettable.First!.Value;
            _forgettable.RemoveFirst();
            if (!_replaced.Remove(csr))
            {
                _ = _byName.Remove(csr.Name); // The list and the indexes hold the same requests.
            }

            if (!csr.KnowsKey)
            {
                continue;
            }

            DropUnissued(csr);
            var owner = _keys[csr.Key];
            if (owner.Requests == 1)
            {
                _ = _keys.Remove(csr.Key); // It was just read.
            }
            else
            {
                _keys[csr.Key] = owner with { Requests = owner.Requests - 1 };
            }
        }
    }
}
