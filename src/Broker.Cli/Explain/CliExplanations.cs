using Broker.Cli.Hosting;
using Broker.Contracts.Explanations;

namespace Broker.Cli.Explain;

/// <summary>The codes of this program's own errors.</summary>
internal static class CliExplanations
{
    private const string Show = "brokerctl context show";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            CliCodes.Unreachable,
            "The broker gave no answer: nothing listens there, TLS failed on either side, or the connection broke.",
            "A broker that does not accept a certificate ends the connection without a word to strangers.",
            [
                "See whether it runs, and on which address: its log says so at its start.",
                "See which address, CA and certificate the context names, and whether the certificate is expired.",
                "Try the same by hand: curl -v --cacert CA --cert FILE --key FILE https://HOST:8444/v1/whoami",
            ],
            [Show, "the broker's log"]),
        new(
            CliCodes.ContextMissing,
            "Nothing says which broker to ask, and as whom.",
            "",
            [
                "Name the data folder that 'broker init' made: brokerctl --context FOLDER whoami",
                "Or remember it:\nbrokerctl context use FOLDER --name NAME",
            ],
            ["brokerctl context list"]),
        new(
            CliCodes.ContextUnknown,
            "The text after --context, or in BROKER_CONTEXT, is neither a file nor a folder nor a known name.",
            "",
            ["List the names, or give a path: ./broker-data"],
            ["brokerctl context list"]),
        new(
            CliCodes.ContextInvalid,
            "The context file is not a JSON object with people, ca, certificate and key; or its name is no name.",
            "",
            ["Compare it with the context.json of a data folder; file names in it are relative to itself."],
            [Show]),
        new(
            CliCodes.ContextFile,
            "A file that the context names is missing, may not be read, or is not what it should be.",
            "The key of a data folder can be read by its owner only.",
            [
                "Run brokerctl as that user; or have a certificate of your own made: broker person --data FOLDER "
                + "--name NAME --role auditor",
            ],
            [Show]),
        new(
            CliCodes.ContextTaken,
            "The name stands for another context file already.",
            "",
            ["Choose another name: --name NAME"],
            ["brokerctl context list"]),
        new(
            CliCodes.FileUnreadable,
            "The file that was named cannot be read.",
            "",
            ["Check its name and who may read it."],
            []),
        new(
            CliCodes.PoolsInvalid,
            "The file of pools has faults; each is named with its line and column.",
            "Unknown keys are refused: a misspelt one would else do nothing.",
            ["Correct them all; nothing was asked of the broker yet."],
            ["brokerctl pools apply --help"]),
        new(
            CliCodes.PoolsRefused,
            "The broker would refuse some of the changes, so none was made.",
            "Half a file applied is a state that nobody has written down.",
            ["Correct the pools that the plan marks as refused, and apply again."],
            ["brokerctl pools apply -f FILE --dry-run"]),
        new(
            CliCodes.PoolsPartial,
            "Something changed between plan and change: some pools were changed and one was refused.",
            "",
            ["Apply the file again: what is done is unchanged by it, and the rest is planned anew."],
            ["brokerctl events --type pool"]),
        new(
            CliCodes.ReadmissionsInvalid,
            "The list of nodes to readmit is empty, or has a line that is none.",
            "",
            ["Write a line for each node; 'nodes held' writes such a list:\nbrokerctl nodes held > held.txt"],
            ["brokerctl nodes readmit --help"]),
        new(
            CliCodes.CertificateUnclear,
            "The first digits of a certificate do not name exactly one that is on record for the node.",
            "",
            ["Give more digits, or all 64; one that is not on record stands in the alarm about it."],
            ["brokerctl nodes show NODE", "brokerctl events --type alarm.raised"]),
        new(
            CliCodes.TimeInvalid,
            "The text is no time, or no length of time.",
            "",
            ["Write it as the help of the command says; times without an offset are in UTC."],
            ["brokerctl who --help"]),
        new(
            CliCodes.CodeUnknown,
            "No error of this broker has that code.",
            "",
            ["List all codes:\nbrokerctl explain"],
            []),
        new(
            CliCodes.StreamBroken,
            "The broker ended the stream of events before its end.",
            "",
            ["Go on from the position that the message names:\nbrokerctl events --after POSITION"],
            []),
    ];
}
