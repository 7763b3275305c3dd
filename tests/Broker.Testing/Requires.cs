using Xunit;

namespace Broker.Testing;

/// <summary>
/// What a test needs from the machine. Under <c>CI=true</c> what is missing is a failure; elsewhere the test is
/// skipped, and the reason says how to get it.
/// </summary>
public static class Requires
{
    /// <summary>A command on the PATH; <paramref name="package"/> is the Debian package that brings it.</summary>
    public static void Command(string name, string package) =>
        That(FindCommand(name) is not null, $"{name} is missing; install it with: apt-get install {package}");

    /// <summary>The super-user, for tests that make network namespaces or the like.</summary>
    public static void Root() => That(Environment.IsPrivilegedProcess, "not root; run it with: sudo tests/run SUITE");

    /// <summary>Anything else; <paramref name="reason"/> says what is missing and what to do.</summary>
    public static void That(bool present, string reason)
    {
        if (!present && IsContinuousIntegration)
        {
            Assert.Fail(reason);
        }

        Assert.SkipUnless(present, reason);
    }

    /// <summary>True under <c>CI=true</c>.</summary>
    public static bool IsContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The full path of a command on the PATH, or null.</summary>
    public static string? FindCommand(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
