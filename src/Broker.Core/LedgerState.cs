using Broker.Core.Alarms;
using Broker.Core.Certificates;
using Broker.Core.Csrs;
using Broker.Core.Leases;
using Broker.Core.Nodes;
using Broker.Core.Pools;
using Broker.Core.Requests;
using Broker.Core.Reservations;
using Broker.Core.Time;
using Broker.Core.Tokens;
using Broker.Core.Views;

namespace Broker.Core;

/// <summary>All that is known after the facts applied so far.</summary>
internal sealed class LedgerState
{
    public LedgerState()
    {
        Leases = new LeasesState(Pools, Requests);
        Certificates = new CertificatesState(Nodes, Csrs);
    }

    public string Origin { get; set; } = string.Empty;

    public long Epoch { get; set; }

    public string Writer { get; set; } = string.Empty;

    public long Size { get; set; }

    /// <summary>Where the ledger goes on, once it was sealed; null again when it was led there.</summary>
    public string? SealedTo { get; set; }

    /// <summary>When the last fact was recorded.</summary>
    public Instant LastAt { get; set; }

    /// <summary>Whether <c>clock.stepped</c> was written and the wall clock has not caught up since.</summary>
    public bool ClockStepped { get; set; }

    /// <summary>The position of the last event on the ledger itself.</summary>
    public long? LastPosition { get; set; }

    /// <summary>The latest ledger time seen.</summary>
    public LedgerTime Now { get; set; }

    public PoolsState Pools { get; } = new();

    public ReservationsState Reservations { get; } = new();

    public NodesState Nodes { get; } = new();

    public RequestsState Requests { get; } = new();

    public LeasesState Leases { get; }

    public CsrsState Csrs { get; } = new();

    public CertificatesState Certificates { get; }

    public TokensState Tokens { get; } = new();

    public AlarmsState Alarms { get; } = new();

    public LedgerView View() => new(Origin, Epoch, Size);
}
