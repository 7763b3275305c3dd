using System.Text.Json.Nodes;

namespace Broker.SystemTests.Cluster;

/// <summary>Replaces what an object says of the machine that it was made on; requests and certificates stay.</summary>
internal static class Neutral
{
    private const string NodeAddress = "192.0.2.10";
    private static readonly string[] machineIds = ["machineID", "systemUUID", "bootID"];

    public static JsonNode Of(JsonNode item, string kind)
    {
        // Which manager wrote which field says nothing to a reader of the object, and a lot of it.
        _ = item["metadata"]?.AsObject().Remove("managedFields");
        if (kind == "node")
        {
            var status = item["status"]!;
            foreach (var id in machineIds)
            {
                status["nodeInfo"]![id] = "00000000000000000000000000000000";
            }

            status["nodeInfo"]!["kernelVersion"] = "6.1.0";
            foreach (var address in status["addresses"]!.AsArray().Where(x => (string?)x!["type"] == "InternalIP"))
            {
                address!["address"] = NodeAddress;
            }
        }

        if (kind == "pod")
        {
            item["status"]!["hostIP"] = NodeAddress;
        }

        return item;
    }
}
