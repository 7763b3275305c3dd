using Broker.Testing.Servers;

namespace Broker.Tests.Server.Api;

/// <summary>Who may call what, written down a second time: a change of the table must be meant twice.</summary>
internal static class ExpectedAccess
{
    private const WalkCaller Nodes = WalkCaller.Node | WalkCaller.QuarantinedNode;
    private const WalkCaller Readers = WalkCaller.Operator | WalkCaller.Auditor;
    private const WalkCaller Operator = WalkCaller.Operator;

    public static IReadOnlyDictionary<string, WalkCaller> Rows { get; } = new Dictionary<string, WalkCaller>
    {
        ["Node GET /v1/whoami"] = Nodes,
        ["Node GET /v1/blocks"] = Nodes,
        ["Node POST /v1/blocks"] = Nodes,
        ["Node DELETE /v1/blocks"] = Nodes,
        ["Node GET /v1/leases"] = Nodes,
        ["Node POST /v1/leases"] = Nodes,
        ["Node DELETE /v1/leases"] = Nodes,
        ["Node GET /openapi.json"] = Nodes,
        ["Node POST /v1/renew"] = Nodes,
        ["Enrol POST /v1/enrol"] = WalkCaller.NoCertificate,
        ["People GET /v1/whoami"] = Readers,
        ["People GET /v1/pools"] = Readers,
        ["People GET /v1/pools/{name}"] = Readers,
        ["People PUT /v1/pools/{name}"] = Operator,
        ["People POST /v1/pools/{name}/open"] = Operator,
        ["People POST /v1/pools/{name}/drain"] = Operator,
        ["People POST /v1/pools/{name}/retire"] = Operator,
        ["People GET /v1/reservations"] = Readers,
        ["People POST /v1/reservations"] = Operator,
        ["People DELETE /v1/reservations"] = Operator,
        ["People GET /v1/blocks"] = Readers,
        ["People GET /v1/blocks/waiting"] = Readers,
        ["People POST /v1/blocks/{cidr}/reclaim"] = Operator,
        ["People GET /v1/leases"] = Readers,
        ["People GET /v1/tokens"] = Operator,
        ["People POST /v1/tokens"] = Operator,
        ["People DELETE /v1/tokens/{id}"] = Operator,
        ["People GET /v1/csrs"] = Readers,
        ["People POST /v1/csrs/{name}/approve"] = Operator,
        ["People POST /v1/csrs/{name}/deny"] = Operator,
        ["People GET /v1/nodes"] = Readers,
        ["People GET /v1/nodes/{name}"] = Readers,
        ["People GET /v1/nodes/{name}/custody"] = Readers,
        ["People POST /v1/nodes/{name}/fence"] = Operator,
        ["People POST /v1/nodes/{name}/quarantine"] = Operator,
        ["People POST /v1/nodes/{name}/readmit"] = Operator,
        ["People POST /v1/nodes/{name}/retire"] = Operator,
        ["People POST /v1/nodes/{name}/adopt"] = Operator,
        ["People POST /v1/nodes/{name}/deny"] = Operator,
        ["People POST /v1/readmissions"] = Operator,
        ["People GET /v1/events"] = Readers,
        ["People GET /v1/addresses/{ip}"] = Readers,
        ["People GET /v1/routes"] = Readers,
        ["People GET /openapi.json"] = Readers,
        ["Health GET /healthz"] = WalkCaller.NoCertificate,
        ["Health GET /readyz"] = WalkCaller.NoCertificate,
        ["Health GET /metrics"] = WalkCaller.NoCertificate,
    };

    /// <summary>What somebody hears who is not allowed, where TLS lets the connection through.</summary>
    public static string Refusal(WalkCaller caller) => caller switch
    {
        WalkCaller.FencedNode => "node_fenced",
        WalkCaller.RetiredNode => "node_retired",
        WalkCaller.UnwitnessedNode => "unwitnessed",
        _ => "forbidden_role",
    };

    /// <summary>Whether the gate of a listener lets the caller's certificate, or none, through at all.</summary>
    public static bool Connects(TestListener listener, WalkCaller caller) => listener switch
    {
        TestListener.Node => caller is WalkCaller.Node or WalkCaller.QuarantinedNode or WalkCaller.FencedNode
            or WalkCaller.RetiredNode or WalkCaller.UnwitnessedNode,
        TestListener.People => caller is WalkCaller.Operator or WalkCaller.Auditor,
        _ => caller is WalkCaller.NoCertificate,
    };
}
