using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Pools;
using Broker.Testing.Processes;

namespace Broker.Testing.Load;

/// <summary>
/// A ledger in a temporary folder, its nodes, and all that was ever acknowledged: what outlives the broker's process.
/// </summary>
public sealed class LoadWorld : IDisposable
{
    /// <summary>The CNI network of all attachments.</summary>
    public const string Network = "pods";

    /// <summary>The pool in which blocks are asked for by hand; no lease comes out of it.</summary>
    public const string BlockPool = "agents-v4";

    /// <summary>The pools of the leases, one a family.</summary>
    public static readonly IReadOnlyList<string> LeasePools = ["pods-v4", "pods-v6"];

    /// <summary>Short cooldowns, so that addresses and blocks come round again within a test.</summary>
    public static readonly IReadOnlyDictionary<string, PoolDefinition> Pools = new Dictionary<string, PoolDefinition>
    {
        ["pods-v4"] = new("10.64.0.0/18", 27, AddressCooldownSeconds: 1, BlockCooldownSeconds: 2, Open: true),
        ["pods-v6"] = new("fd64::/48", 123, AddressCooldownSeconds: 1, BlockCooldownSeconds: 2, Open: true),
        [BlockPool] = new(
            "10.96.0.0/20", 28, Commit: "local", AddressCooldownSeconds: 1, BlockCooldownSeconds: 2, Open: true),
    };

    private readonly TempFolder temp = new();
    private readonly ConcurrentDictionary<long, string> shownRoots = new();
    private readonly ConcurrentQueue<string> faults = new();
    private long names;

    /// <summary>The broker's data folder; <see cref="InitAsync"/> makes it.</summary>
    public string Folder => temp["ledger"];

    public List<LoadNode> Nodes { get; } = [];

    /// <summary>Reads along while the broker serves, and goes on after each restart.</summary>
    public EventChecker Checker { get; } = new();

    /// <summary>What is wrong with answers, one sentence each.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Grants and releases that were acknowledged.</summary>
    public long Acknowledged { get; set; }

    /// <summary>Requests that got no answer.</summary>
    public long Unknown { get; set; }

    /// <summary>Makes the ledger; more arguments say where its journal is to lie.</summary>
    public async Task InitAsync(params IEnumerable<string> more)
    {
        var made = await BrokerProgram.RunAsync(["init", "--data", Folder, .. more]);
        if (made.ExitCode != 0)
        {
            throw new InvalidOperationException(made.Text);
        }
    }

    /// <summary>A file of the folder's <c>pki</c>.</summary>
    public string Pki(string name) => Path.Combine(Folder, "pki", name);

    public X509Certificate2Collection Anchors()
    {
        var anchors = new X509Certificate2Collection();
        anchors.ImportFromPemFile(Pki("broker-ca.crt"));
        return anchors;
    }

    /// <summary>A name that was not used yet.</summary>
    public string NewName(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref names):D8}");

    public void Fault(string sentence) => faults.Enqueue(sentence);

    /// <summary>Keeps the root that an answer showed, for <see cref="CheckShownRoots"/>.</summary>
    public void Note(LedgerPosition shown)
    {
        if (shownRoots.GetOrAdd(shown.Size, shown.Root) != shown.Root)
        {
            Fault($"Two roots of {shown.Size} events were shown: {shown.Root} and {shownRoots[shown.Size]}");
        }
    }

    /// <summary>All positions and roots that were ever shown must be of the journal as it is.</summary>
    public void CheckShownRoots()
    {
        foreach (var (size, root) in shownRoots)
        {
            if (size > Checker.Size)
            {
                Fault($"An answer showed {size} events; the journal has {Checker.Size}");
            }
            else if (Checker.RootAt(size) != root)
            {
                Fault($"An answer showed root {root} of {size} events; it is {Checker.RootAt(size)}");
            }
        }

        shownRoots.Clear();
    }

    public void Dispose()
    {
        Nodes.ForEach(node => node.Dispose());
        temp.Dispose();
    }
}
