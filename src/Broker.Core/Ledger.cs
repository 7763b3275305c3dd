using Broker.Core.Blocks;
using Broker.Core.Certificates;
using Broker.Core.Commands;
using Broker.Core.Csrs;
using Broker.Core.Journal;
using Broker.Core.Leases;
using Broker.Core.Nodes;
using Broker.Core.PodCidrs;
using Broker.Core.Pools;
using Broker.Core.Reclaims;
using Broker.Core.Refusals;
using Broker.Core.Reservations;
using Broker.Core.Time;
using Broker.Core.Tokens;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>
/// The state machine: <see cref="Decide"/> turns a command into facts or a refusal, <see cref="Apply"/> turns facts
/// into state. Pure and single-threaded: the same facts in the same order give the same state.
/// </summary>
public sealed class Ledger
{
    private readonly LedgerState _state = new();

    public Ledger() => Queries = new StateQueries(_state);

    /// <summary>The number of events applied: the position of the next one.</summary>
    public long Size => _state.Size;

    /// <summary>Reads of the state.</summary>
    public LedgerQueries Queries { get; }

    /// <summary>The state itself, for tests that count what is remembered.</summary>
    internal LedgerState State => _state;

    /// <summary>
    /// Decides a command. Changes nothing but what is not journalled (tombstones); the facts take the positions from
    /// <see cref="Size"/> on and must be applied, in order and all of them, before the next command is decided.
    /// </summary>
    public Decision Decide(Command command, Moment now)
    {
        _state.Now = now.Ledger > _state.Now ? now.Ledger : _state.Now;
        var draft = new Draft(_state, command, now);
        if (_state.SealedTo is { } place && command is not LeadLedger)
        {
            return Draft.Refuse(RefusalCode.Conflict, $"The ledger was sealed; it goes on as '{place}'.");
        }

        return command switch
        {
            GrantLease grant => LeaseRules.Grant(draft, grant),
            ReleaseLease release => LeaseRules.Release(draft, release),
            ReclaimLease reclaim => ReclaimRules.Reclaim(draft, reclaim),
            GrantBlocks grant => BlockRules.Grant(draft, grant),
            ReleaseBlock release => BlockRules.Release(draft, release),
            ReclaimBlock reclaim => BlockReclaimRules.Reclaim(draft, reclaim),
            PromoteCertificate promote => CertificateRules.Promote(draft, promote),
            WitnessCertificate witness => CertificateRules.Witness(draft, witness),
            RetireCertificates => CertificateRules.Retire(draft),
            DecideCsr decide => CsrRules.Decide(draft, decide),
            ObserveCsr observe => ObserveRules.Observe(draft, observe),
            BindNode bind => BindRules.Bind(draft, bind),
            LoseNode lose => BindRules.Lose(draft, lose),
            AdoptCertificate adopt => AdoptRules.Adopt(draft, adopt),
            DenyCertificate deny => DenyRules.Deny(draft, deny),
            RecordGap gap => LedgerRules.Gap(draft, gap),
            IssueToken issue => TokenRules.Issue(draft, issue),
            RevokeToken revoke => TokenRules.Revoke(draft, revoke),
            DefinePool define => PoolRules.Define(draft, define),
            AdoptPodCidrs adopt => PodCidrRules.Adopt(draft, adopt),
            OpenPool open => PoolRules.Open(draft, open),
            DrainPool drain => PoolEndRules.Drain(draft, drain),
            RetirePool retire => PoolEndRules.Retire(draft, retire),
            MakeReservation make => ReservationRules.Make(draft, make),
            DropReservation drop => ReservationRules.Drop(draft, drop),
            ChangeStanding change => StandingRules.Change(draft, change),
            RaiseAlarm raise => LedgerRules.Raise(draft, raise),
            CountRefusals count => LedgerRules.Count(draft, count),
            LeadLedger lead => LedgerRules.Lead(draft, lead),
            SealLedger end => LedgerRules.Seal(draft, end),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    /// <summary>Applies one fact at its position; cannot fail for a fact that <see cref="Decide"/> made.</summary>
    /// <exception cref="InvalidOperationException">The fact does not fit the state.</exception>
    public void Apply(long position, Fact fact, LedgerTime now) => LedgerApply.Apply(_state, position, fact, now);

    /// <summary>Checks every invariant that exists; one sentence for each that does not hold.</summary>
    public IReadOnlyList<string> Validate() => LedgerValidation.Validate(_state);
}
