namespace Broker.Contracts.Explanations;

/// <summary>What can be wrong with a request before anything is decided.</summary>
internal static class RequestExplanations
{
    private const string OpenApi = "/openapi.json on the same listener";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "not_found",
            "There is no such path on this listener.",
            "Nodes, people and enrolment have a listener each, with paths of their own.",
            ["Check the path, and the port: 8443 nodes, 8444 people, 8445 enrolment, unless set otherwise."],
            [OpenApi]),
        new(
            "method_not_allowed",
            "The path exists, and does not take this method.",
            "",
            ["Use one of the methods in the answer's Allow header."],
            [OpenApi]),
        new(
            "misdirected",
            "The request names a host that the broker's certificate is not for.",
            "A connection that was made to one host is not used for another (RFC 9110, 421).",
            [
                "Use a name or address that the certificate has.",
                "To add one, make the certificate anew with that name: --host at 'broker init'.",
            ],
            ["openssl s_client -connect HOST:PORT"]),
        new(
            "body_too_large",
            "The body is larger than any request of this kind needs.",
            "The limit is checked before a byte is parsed.",
            ["Send at most the number of bytes that the detail names; split long lists."],
            []),
        new(
            "body_malformed",
            "The body is not the JSON that this call takes.",
            "Unknown and repeated members are refused, not passed over: a misspelt field would else do nothing.",
            ["Correct the member that the detail names, with its line."],
            [OpenApi]),
        new(
            "media_type",
            "The body is not announced as JSON.",
            "",
            ["Set the header Content-Type: application/json (curl: --json)."],
            []),
        new(
            "query_invalid",
            "A query parameter is unknown, missing, repeated, or has a wrong value.",
            "Unknown ones are refused: a misspelt dryRun that is passed over would make a real change.",
            ["Correct the parameter that the detail names."],
            [OpenApi]),
        new(
            "internal",
            "The broker failed to answer. This is a fault of the broker, not of the request.",
            "What was acknowledged before is safe; whether this one was done, the journal knows.",
            [
                "Find the trace id of the detail in the broker's log, and report it with the lines around it.",
                "Before you repeat a change, read whether it was made.",
            ],
            ["the broker's log", "brokerctl events --after POSITION"]),
    ];
}
