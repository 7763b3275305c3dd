using System.Text;
using System.Text.Json;
using Broker.Agent.Hosting;

namespace Broker.Agent.Requests;

/// <summary>A request that the API server has taken: the object of that name and UID, and no later one.</summary>
internal sealed record FiledRequest(string Name, string Uid)
{
    /// <exception cref="AgentFailureException">It is no such object.</exception>
    public static FiledRequest Of(JsonElement answer) =>
        Member(answer, "metadata", "name") is { } name && Member(answer, "metadata", "uid") is { } uid
            ? new FiledRequest(name, uid)
            : throw new AgentFailureException("api_server_unreadable", "The API server's answer has no name and UID.");

    /// <summary>The issued certificates as PEM; null while nobody has decided.</summary>
    /// <param name="answer">The object as it is now; null when it is gone.</param>
    /// <exception cref="AgentFailureException">Denied, failed, gone, or another object of that name.</exception>
    public string? Issued(JsonElement? answer)
    {
        if (answer is not { } csr)
        {
            throw new AgentFailureException(
                "request_gone", $"{Name} is gone before it was answered; requests are kept for a day. Ask again.");
        }

        if (Member(csr, "metadata", "uid") != Uid)
        {
            throw new AgentFailureException(
                "request_replaced",
                $"{Name} is another request now (UID {Member(csr, "metadata", "uid")}). Ask again.");
        }

        if (Condition(csr, "Denied") is { } denied)
        {
            throw new AgentFailureException("request_denied", $"{Name} was denied: {denied}");
        }

        if (Condition(csr, "Failed") is { } failed)
        {
            throw new AgentFailureException("request_failed", $"{Name} was not signed: {failed}");
        }

        try
        {
            return Member(csr, "status", "certificate") is { Length: > 0 } certificate
                ? Encoding.ASCII.GetString(Convert.FromBase64String(certificate))
                : null;
        }
        catch (FormatException error)
        {
            throw new AgentFailureException("certificate_wrong", $"{Name}: the certificate is not base64.", error);
        }
    }

    private static string? Condition(JsonElement csr, string type) =>
        csr.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var conditions)
            ? conditions.EnumerateArray().Where(condition => Text(condition, "type") == type)
                .Select(condition => $"{Text(condition, "reason")}: {Text(condition, "message")}").FirstOrDefault()
            : null;

    private static string? Member(JsonElement json, string part, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(part, out var inner) ? Text(inner, name) : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
