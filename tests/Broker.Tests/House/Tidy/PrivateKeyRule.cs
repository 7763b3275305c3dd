using System.Text.RegularExpressions;

namespace Broker.Tests.House.Tidy;

internal sealed partial class PrivateKeyRule : TidyRule
{
    private static readonly string[] keyFiles = [".pem", ".key", ".p12", ".pfx", ".p8", ".jks", ".ppk"];

    public override string Sentence => "No private key is in the repository, not even for tests.";

    public override IEnumerable<string> Find(RepositoryTree tree) =>
        tree.Files.Where(file => keyFiles.Contains(Path.GetExtension(file.Path), StringComparer.OrdinalIgnoreCase))
            .Select(file => file.At(1, "a key or certificate file; make it at run time."))
            .Concat(
                from file in tree.Files
                from key in Key().Matches(file.Text)
                select file.At(file.Text.AsSpan(0, key.Index).Count('\n') + 1, "a private key; make it at run time."));

    // A label alone (in a reader of PEM, or in the test of one) is no key: base64 must follow it.
    [GeneratedRegex("""-----BEGIN [A-Z ]*PRIVATE KEY-----(\\[rn]|["+,\s])*[A-Za-z0-9+/=]{24}""")]
    private static partial Regex Key();
}
