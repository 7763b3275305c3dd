using Broker.Cli.Hosting;
using Broker.Contracts.Nodes;

namespace Broker.Cli.Nodes;

/// <summary>
/// A list of nodes to readmit: a line each, the node and, to let one off its hold, its certificate; what follows is
/// passed over, and so are empty lines, comments after <c>#</c> and the head that 'nodes held' writes.
/// </summary>
internal static class ReadmissionFile
{
    private const int HashDigits = 64;

    /// <exception cref="CliFailureException">A line is none of these.</exception>
    public static IReadOnlyList<Readmission> Read(TextReader text)
    {
        var nodes = new List<Readmission>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            var words = line.Split('#')[0].Split(
                (char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is [] or ["NODE", "CERTIFICATE", ..])
            {
                continue;
            }

            nodes.Add(words.Length == 1 || words[1].Length == HashDigits
                ? new Readmission(words[0], words.ElementAtOrDefault(1))
                : throw new CliFailureException(
                    CliCodes.ReadmissionsInvalid,
                    $"line {number}: '{words[1]}' is no SHA-256 of a certificate.",
                    "Write a line for each node: NODE, or NODE CERTIFICATE with all 64 digits."));
        }

        return nodes;
    }
}
