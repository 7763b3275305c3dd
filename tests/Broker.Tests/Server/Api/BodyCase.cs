using Broker.Testing.Servers;

namespace Broker.Tests.Server.Api;

/// <summary>A call that takes a body, with one that is good.</summary>
internal sealed record BodyCase(
    TestListener Listener, string Method, string Path, string Good, IReadOnlyList<string> Required, bool Optional)
{
    private const string Standing = """{"seenUid":"11111111-1111","reason":"because"}""";
    private const string Decision =
        """{"seenKey":"0000000000000000000000000000000000000000000000000000000000000000","reason":"because"}""";

    public static IReadOnlyDictionary<string, BodyCase> All { get; } = new BodyCase[]
    {
        new(
            TestListener.Node, "POST", "/v1/blocks", """{"requestId":"request-1","pools":["nothing"]}""",
            ["requestId"], false),
        new(
            TestListener.Node, "POST", "/v1/leases",
            """
            {"requestId":"request-1","network":"net","containerId":"c1","interface":"eth0",
             "pod":{"namespace":"ns","name":"pod","uid":"u-1"},"families":["ipv4"],"pools":["nothing"],
             "addresses":["192.0.2.7"]}
            """,
            ["requestId", "network", "containerId", "interface"], false),
        new(TestListener.Node, "POST", "/v1/renew", """{"csr":"nothing"}""", ["csr"], false),
        new(TestListener.Enrol, "POST", "/v1/enrol", """{"csr":"nothing"}""", ["csr"], false),
        new(
            TestListener.People, "PUT", "/v1/pools/bad",
            """
            {"cidr":"10.9.0.0/33","blockPrefixLength":26,"network":"routed","commit":"central",
             "addressCooldownSeconds":60,"blockCooldownSeconds":600,"blocksPerNodeMax":4,"exclusions":["10.9.0.1"],
             "open":true,"reason":"because","position":7,"podCIDRs":false,"nodeDeletionIsEvidence":true,
             "leasesPerNodeMax":4,"leasesPerNamespaceMax":4}
            """,
            ["cidr"], false),
        new(
            TestListener.People, "POST", "/v1/blocks/192.0.2.0%2F26/reclaim",
            """{"generation":1,"evidence":"machine_off","seenUid":"uid-1","reason":"because"}""",
            ["generation", "evidence"], false),
        new(
            TestListener.People, "POST", "/v1/reservations",
            """
            {"addresses":"192.0.2.1-192.0.2.9","name":"router-1","mac":"02:00:5e:10:00:01","owner":"net team",
             "reason":"because","workload":"shop/cart-0"}
            """,
            ["addresses"], false),
        new(
            TestListener.People, "DELETE", "/v1/reservations?addresses=192.0.2.1&position=1",
            """{"reason":"because"}""", [], true),
        new(TestListener.People, "POST", "/v1/pools/nothing/open", """{"reason":"because"}""", [], true),
        new(TestListener.People, "POST", "/v1/pools/nothing/drain", """{"reason":"because"}""", [], true),
        new(TestListener.People, "POST", "/v1/pools/nothing/retire", """{"reason":"because"}""", [], true),
        new(
            TestListener.People, "POST", "/v1/tokens", """{"nodes":["node-a"],"ttlSeconds":60,"reason":"because"}""",
            [], true),
        new(TestListener.People, "DELETE", "/v1/tokens/abcdef", """{"reason":"because"}""", [], true),
        new(TestListener.People, "POST", "/v1/csrs/nothing/approve", Decision, [], true),
        new(TestListener.People, "POST", "/v1/csrs/nothing/deny", Decision, [], true),
        new(TestListener.People, "POST", "/v1/nodes/nobody/fence", Standing, [], true),
        new(TestListener.People, "POST", "/v1/nodes/nobody/quarantine", Standing, [], true),
        new(TestListener.People, "POST", "/v1/nodes/nobody/readmit", Standing, [], true),
        new(TestListener.People, "POST", "/v1/nodes/nobody/retire", Standing, [], true),
        new(
            TestListener.People, "POST", "/v1/nodes/nobody/adopt",
            """{"certificate":"00","seenUid":"uid-1","reason":"because"}""", ["certificate"], false),
        new(
            TestListener.People, "POST", "/v1/nodes/nobody/deny",
            """{"serial":"0a","seenUid":"uid-1","reason":"because"}""", [], true),
        new(
            TestListener.People, "POST", "/v1/readmissions",
            """{"nodes":[{"name":"node-a","seenUid":"uid-1"}],"reason":"because"}""", ["nodes"], false),
    }.ToDictionary(body => $"{body.Method} {body.Path}");
}
