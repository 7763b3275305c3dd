namespace Broker.Contracts.Explanations;

/// <summary>How a machine earns its first certificate, and what can be in the way.</summary>
internal static class EnrolmentExplanations
{
    private const string Csrs = "brokerctl csr list";
    private const string Tokens = "brokerctl tokens list";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "token_invalid",
            "The bootstrap token is unknown, or its secret is wrong.",
            "A token is ID.SECRET. Only its hash is kept, so nobody can look it up again.",
            [
                "Check that the token was copied whole, without a line break.",
                "See whether its id is in the list; if not, issue another:\nbrokerctl tokens issue",
            ],
            [Tokens]),
        new(
            "token_expired",
            "The bootstrap token's time is over; by default it lives 24 hours.",
            "A token in a script or an image is found by somebody one day. It should be worthless by then.",
            ["Issue another:\nbrokerctl tokens issue --node NODE"],
            [Tokens]),
        new(
            "token_used",
            "The bootstrap token was for one use, and a node has used it.",
            "A token without names admits one machine, whichever comes first.",
            [
                "See who used it; if that is not the machine that you meant, fence it:\n"
                + "brokerctl tokens list",
                "Issue another one for the machine, with its name:\nbrokerctl tokens issue --node NODE",
            ],
            [Tokens, Csrs]),
        new(
            "token_revoked",
            "An operator has revoked the bootstrap token.",
            "",
            ["Issue another:\nbrokerctl tokens issue --node NODE"],
            [Tokens, "brokerctl events --type token.revoked"]),
        new(
            "token_node_mismatch",
            "The bootstrap token is for other nodes than the one in the signing request.",
            "A token that names nodes is good for these only, so that one that leaks admits no stranger.",
            [
                "Check the name in the request: CN=system:node:NAME, in lower case, exactly as the Node is called.",
                "Issue a token that names this node:\nbrokerctl tokens issue --node NODE",
            ],
            [Tokens]),
        new(
            "token_unknown",
            "There is no bootstrap token of this id.",
            "",
            ["List the tokens; the id is the part before the dot."],
            [Tokens]),
        new(
            "csr_unknown",
            "There is no signing request of this name.",
            "A pending request is kept in memory; after a restart of the broker its node files it again by itself.",
            ["List the requests. If the node's is missing, wait for its next try, or file it again."],
            [Csrs]),
        new(
            "csr_decided",
            "The signing request was approved or denied already, and stays so.",
            "A decision is in the journal, and certificates may have come of it.",
            [
                "Read how it was decided.",
                "A node that needs another certificate makes a new key and files a new request.",
            ],
            [Csrs]),
        new(
            "name_takeover",
            "The request asks for a name that a live machine has, so no rule may approve it.",
            "Who can file a request with a token could else become any node. Only a person can tell whether the "
            + "machine was rebuilt, or whether somebody wants to take its place.",
            [
                "Ask whoever runs the machine whether it was rebuilt just now.",
                "Compare the key's hash with the one on the machine, and approve:\n"
                + "brokerctl csr approve NAME --seen-key HASH --reason TEXT",
                "If nobody rebuilt it, deny it, and find out where it came from:\n"
                + "brokerctl csr deny NAME --reason TEXT",
            ],
            [Csrs, "brokerctl nodes show NODE", "brokerctl events --type alarm.raised"]),
        new(
            "key_reuse",
            "The public key in the request is known under another node's name.",
            "Two machines with one key are one identity to anybody. That is how a copied disk shows itself.",
            [
                "Make a new key on the machine, and file a request with it.",
                "Find the other machine; if it was cloned, remove keys and certificates from the image.",
            ],
            ["brokerctl nodes list", Csrs]),
        new(
            "pop",
            "The signing request is not signed with the key that it names.",
            "Without that proof anybody could have a certificate made for somebody else's key.",
            ["Make the request again on the machine that has the private key."],
            ["openssl req -in FILE -noout -verify"]),
        new(
            "pem",
            "The text is not one PEM block of the expected kind.",
            "",
            ["Send a block that begins with -----BEGIN CERTIFICATE REQUEST-----, and nothing else."],
            ["openssl req -in FILE -noout -text"]),
        new(
            "certificate_unknown",
            "There is no certificate of this hash on record.",
            "",
            ["List the nodes with their certificates, and copy the hash whole."],
            ["brokerctl nodes show NODE"]),
    ];
}
