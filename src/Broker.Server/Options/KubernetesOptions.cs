using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>The cluster whose signing requests and Nodes are witnessed. Lists are texts with commas.</summary>
internal sealed class KubernetesOptions
{
    /// <summary>No cluster: the broker's own flow issues the nodes' certificates.</summary>
    public const string Off = "off";

    /// <summary>
    /// <c>off</c>; <c>enforce</c>: only witnessed certificates count; <c>adopt</c>: so does the first certificate that
    /// a Node without one on record shows, or renewed with. When on, <c>pki:nodeCa</c> is the cluster's CA.
    /// </summary>
    [Required]
    [RegularExpression("^(off|enforce|adopt)$")]
    public string Mode { get; set; } = Off;

    /// <summary>
    /// How to reach the API server, relative to the data folder unless it begins with a slash; empty for the pod's own
    /// service account.
    /// </summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>The signers whose certificates count.</summary>
    public string Signers { get; set; } = "kubernetes.io/kube-apiserver-client-kubelet";

    /// <summary>
    /// Users that may ask, besides nodes and bootstrap identities: for any node, or, when the API server says which
    /// node their token is bound to, for that one.
    /// </summary>
    public string Requesters { get; set; } = "";

    /// <summary>The group that a bootstrap identity must be in.</summary>
    [Required]
    public string BootstrapGroup { get; set; } = "system:bootstrappers";

    /// <summary>
    /// The prefix of annotations on pods and namespaces: <c>PREFIX/pools</c> names pools, with commas.
    /// </summary>
    [Required]
    public string AnnotationPrefix { get; set; } = "broker.ipam";

    /// <summary>
    /// The least time between the two looks that end a lease whose pod is gone or has ended; the pod's own grace
    /// period and half a minute, where that is longer.
    /// </summary>
    [Range(60, 86_400)]
    public int ReclaimAfterSeconds { get; set; } = 60;

    /// <summary>The same for a pod that the broker has not seen alive since it started.</summary>
    [Range(60, 86_400)]
    public int ReclaimUnseenSeconds { get; set; } = 600;

    /// <summary>
    /// When more leases in a hundred than this have no pod at once, none is reclaimed until there are fewer.
    /// </summary>
    [Range(1, 100)]
    public int ReclaimPercentMax { get; set; } = 10;
}
