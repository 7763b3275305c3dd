namespace Broker.Testing.Kubernetes;

/// <summary>
/// The programs of Kubernetes that <c>tests/lib/kubernetes/build.sh</c> built: in the folder that
/// <c>KUBEBUILDER_ASSETS</c> names, or in the user's cache folder.
/// </summary>
public static class KubernetesPrograms
{
    /// <summary>The version of all of them.</summary>
    public const string Version = "1.20.2";

    private const string Stamp = ".built-" + Version;

    /// <summary>Where they are.</summary>
    public static string Folder { get; } =
        Set("KUBEBUILDER_ASSETS")
        ?? Path.Combine(
            Set("XDG_CACHE_HOME") ?? Path.Combine(Set("HOME") ?? "", ".cache"),
            "broker-tests",
            $"kubernetes-{Version}");

    /// <summary>The full path of one, such as <c>kubelet</c>.</summary>
    public static string Find(string name) => Path.Combine(Folder, name);

    /// <summary>Skips the test when they have not been built; fails it under CI.</summary>
    public static void Require() => Requires.That(
        File.Exists(Find(Stamp)),
        $"Kubernetes {Version} is not in {Folder}; build it once with: tests/lib/kubernetes/build.sh");

    private static string? Set(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
