using System.Security.Cryptography;
using Broker.Identity.Certificates;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Witness;
using Broker.Testing.Pki;
using Broker.Tests.Identity;

namespace Broker.Tests.Kubernetes;

/// <summary>CSRs as a good cluster makes them, for a case to change one thing in.</summary>
internal static class ClusterPki
{
    public static readonly DateTimeOffset Now = MatrixPki.Now;

    public static CsrWitness Witness(WitnessSettings? settings = null) =>
        new(
            () => new CertificateExaminer(MatrixPki.Anchors, ExaminerSettings.Default),
            settings ?? new WitnessSettings());

    /// <summary>An approved and signed first request by a bootstrap token.</summary>
    public static ObservedCsr First(string node = "n1", TestKey? key = null, Action<CertificateDraft>? change = null)
    {
        key ??= TestKey.Ec();
        return new ObservedCsr
        {
            Name = "csr-" + Guid.NewGuid().ToString("n")[..5],
            Uid = Guid.NewGuid().ToString(),
            Created = Now.AddMinutes(-2),
            Signer = WitnessSettings.KubeletSigner,
            Request = Pem(RawRequest.Of(RawName.Node(node), key)),
            Usages = ["digital signature", "client auth"],
            Requester = Requester("system:bootstrap:abcdef", "system:bootstrappers", "system:authenticated"),
            Conditions = [Condition("Approved")],
            Certificate = Signed(node, key, change),
        };
    }

    /// <summary>An approved and signed renewal by the node itself; the credential id is left out when null.</summary>
    public static ObservedCsr Renewal(string node = "n1", string? credential = null, TestKey? key = null) =>
        First(node, key) with
        {
            Requester = new ObservedRequester(
                "system:node:" + node,
                ["system:nodes", "system:authenticated"],
                credential is null
                    ? new Dictionary<string, IReadOnlyList<string>>()
                    : new Dictionary<string, IReadOnlyList<string>> { [Custody.ExtraKey] = [credential] }),
        };

    public static ObservedRequester Requester(string name, params string[] groups) =>
        new(name, groups, new Dictionary<string, IReadOnlyList<string>>());

    public static ObservedCondition Condition(string type, string status = "True") => new(type, status, "AutoApproved");

    public static byte[] Signed(string node, TestKey key, Action<CertificateDraft>? change = null) =>
        System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", Leaf(node, key, change)) + "\n");

    public static byte[] Leaf(string node, TestKey key, Action<CertificateDraft>? change = null) =>
        MatrixPki.Root.Leaf(draft =>
        {
            (draft.Subject, draft.Spki) = (RawName.Node(node), key.Spki);
            change?.Invoke(draft);
        });

    public static byte[] Pem(byte[] request) => System.Text.Encoding.ASCII.GetBytes(RawRequest.Pem(request));
}
