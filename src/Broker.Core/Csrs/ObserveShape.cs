using Broker.Core.Certificates;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>The shape of what is said of a cluster's CSR.</summary>
internal static class ObserveShape
{
    public static Refusal? Check(ObserveCsr command)
    {
        var request = command.Csr;
        if (request.Csr.Value is null || request.Node.Value is null || request.Key.Value is null
            || request.Request.Value is null)
        {
            return Invalid("csr, node, key, request: all are needed.");
        }

        if (!NameRules.IsToken(request.CsrUid, 64))
        {
            return Invalid("csrUid: 1 to 64 letters, digits and . _ : -");
        }

        if (!CsrShape.IsText(request.Signer) || !CsrShape.IsText(request.Requester))
        {
            return Invalid($"signer, requester: 1 to {CsrShape.TextCharsMax} printable ASCII characters.");
        }

        if (request.Credential is not null && !request.HasCredential)
        {
            return Invalid("credential: it is there or it is not.");
        }

        return CheckDecision(command);
    }

    private static Refusal? CheckDecision(ObserveCsr command)
    {
        if (command.Decision == CsrDecision.Approved || !Enum.IsDefined(command.Decision))
        {
            return Invalid("decision: issued, denied, failed or contradicted.");
        }

        if (command.Decision == CsrDecision.Issued != command.Certificate is not null)
        {
            return Invalid("certificate: with issued, and only then.");
        }

        var needsCode = command.Decision == CsrDecision.Contradicted;
        if ((needsCode && command.Code is null) || (command.Code is { } code && !NameRules.IsToken(code, 64))
            || (command.Hold is { } hold && !NameRules.IsToken(hold, 64)))
        {
            return Invalid("code, hold: 1 to 64 letters, digits and . _ : -");
        }

        return command.Certificate is { } certificate ? CheckCertificate(command, certificate) : null;
    }

    private static Refusal? CheckCertificate(ObserveCsr command, ObservedCertificate certificate)
    {
        if (certificate.Key != command.Csr.Key)
        {
            return Invalid("certificate: it has another key than the request.");
        }

        return command.NodeObject is { } node && node.Name != command.Csr.Node
            ? Invalid("nodeObject: it is another node.")
            : ObservedShape.Check(certificate);
    }

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
