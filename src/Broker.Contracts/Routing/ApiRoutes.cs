namespace Broker.Contracts.Routing;

/// <summary>The paths of the <c>/v1</c> surface, the same text for server and client.</summary>
public static class ApiRoutes
{
    public const string Prefix = "/v1";
    public const string WhoAmI = "/v1/whoami";
    public const string Blocks = "/v1/blocks";
    public const string BlocksWaiting = "/v1/blocks/waiting";
    public const string BlockReclaim = "/v1/blocks/{cidr}/reclaim";
    public const string Leases = "/v1/leases";
    public const string NodeCsrs = "/v1/renew";
    public const string Enrol = "/v1/enrol";
    public const string Pools = "/v1/pools";
    public const string Pool = "/v1/pools/{name}";
    public const string PoolOpen = "/v1/pools/{name}/open";
    public const string PoolDrain = "/v1/pools/{name}/drain";
    public const string PoolRetire = "/v1/pools/{name}/retire";
    public const string Tokens = "/v1/tokens";
    public const string Token = "/v1/tokens/{id}";
    public const string Csrs = "/v1/csrs";
    public const string CsrApprove = "/v1/csrs/{name}/approve";
    public const string CsrDeny = "/v1/csrs/{name}/deny";
    public const string Nodes = "/v1/nodes";
    public const string Node = "/v1/nodes/{name}";
    public const string NodeCustody = "/v1/nodes/{name}/custody";
    public const string NodeFence = "/v1/nodes/{name}/fence";
    public const string NodeQuarantine = "/v1/nodes/{name}/quarantine";
    public const string NodeReadmit = "/v1/nodes/{name}/readmit";
    public const string NodeRetire = "/v1/nodes/{name}/retire";
    public const string NodeAdopt = "/v1/nodes/{name}/adopt";
    public const string NodeDeny = "/v1/nodes/{name}/deny";
    public const string Readmissions = "/v1/readmissions";
    public const string Events = "/v1/events";
    public const string Reservations = "/v1/reservations";
    public const string Routes = "/v1/routes";
    public const string OpenApi = "/openapi.json";
    public const string Address = "/v1/addresses/{ip}";
}
