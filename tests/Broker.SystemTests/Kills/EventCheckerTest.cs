using Broker.Client;
using Broker.Testing.Load;
using Xunit;

namespace Broker.SystemTests.Kills;

/// <summary>The checker of the kill tests sees what it is there for.</summary>
public sealed class EventCheckerTest
{
    private readonly EventChecker checker = new();
    private long position;

    public EventCheckerTest()
    {
        Take("pool.defined", 0, "pool/p", null, """
            "pool":"p","cidr":"10.0.0.0/24","addressCooldownSeconds":10,"blockCooldownSeconds":20
            """);
        Take("block.granted", 0, "block/10.0.0.0/28", null, """ "block":"10.0.0.0/28","pool":"p","node":"a" """);
        Grant(0, "10.0.0.2", "c1", "r1", prev: 1);
    }

    [Fact]
    public void A_good_history_has_no_fault()
    {
        Release(1, "10.0.0.2", granted: 2);
        Grant(11, "10.0.0.2", "c2", "r2", prev: 3);
        Release(12, "10.0.0.2", granted: 4);
        Take("block.released", 13, "block/10.0.0.0/28", 1, """ "block":"10.0.0.0/28","generation":1,"node":"a" """);

        Assert.Empty(checker.Faults);
        Assert.Empty(checker.Leases);
        Assert.Empty(checker.Blocks);
    }

    [Fact]
    public void A_reclaimed_address_cools_like_a_released_one()
    {
        Take("lease.reclaimed", 1, "ip/10.0.0.2", 2, """ "address":"10.0.0.2","generation":1,"granted":2 """);
        Grant(9, "10.0.0.2", "c2", "r2", prev: 3);

        Assert.Contains("after its release", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_given_twice_is_seen()
    {
        Grant(1, "10.0.0.2", "c2", "r2", prev: 2);

        Assert.Contains("live since 2", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_given_before_it_has_cooled_is_seen()
    {
        Release(1, "10.0.0.2", granted: 2);
        Grant(9, "10.0.0.2", "c2", "r2", prev: 3);

        Assert.Contains("after its release", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_answered_twice_is_seen()
    {
        Grant(1, "10.0.0.3", "c2", "r1", prev: 1);

        Assert.Contains("answered before", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_attachment_with_two_addresses_of_a_family_is_seen()
    {
        Grant(1, "10.0.0.3", "c1", "r2", prev: 1);

        Assert.Contains("of this family already", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_outside_the_nodes_blocks_is_seen()
    {
        Grant(1, "10.0.0.16", "c2", "r2", prev: 1);

        Assert.Contains("outside its blocks", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_given_twice_is_seen()
    {
        Take("block.granted", 1, "block/10.0.0.0/28", 1, """ "block":"10.0.0.0/28","pool":"p","node":"b" """);

        Assert.Contains("live since 1", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_released_in_use_is_seen()
    {
        Take("block.released", 1, "block/10.0.0.0/28", 1, """ "block":"10.0.0.0/28","generation":1,"node":"a" """);

        Assert.Contains("1 leases in it", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_a_wrong_prev_and_a_time_that_goes_back_are_seen()
    {
        position++;
        Take("block.granted", -1, "block/10.0.0.16/28", 2, """ "block":"10.0.0.16/28","pool":"p","node":"a" """);

        Assert.Equal(3, checker.Faults.Count);
    }

    [Fact]
    public void A_skipped_epoch_is_seen()
    {
        Take("ledger.led", 1, "ledger", null, """ "epoch":2 """);

        Assert.Contains("epoch 2 comes after 0", Assert.Single(checker.Faults), StringComparison.Ordinal);
    }

    /// <summary>The leaves 0, then 0 and 1, and so on as single bytes; the roots by hand from the definition.</summary>
    [Fact]
    public void Roots_are_those_of_RFC_6962()
    {
        var roots = new TreeRoots();
        foreach (byte leaf in (byte[])[0, 1, 2])
        {
            roots.Append([leaf]);
        }

        static byte[] Hash(params byte[] bytes) => System.Security.Cryptography.SHA256.HashData(bytes);
        var (a, b, c) = (Hash(0, 0), Hash(0, 1), Hash(0, 2));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", roots.RootAt(0));
        Assert.Equal(Convert.ToHexStringLower(a), roots.RootAt(1));
        Assert.Equal(Convert.ToHexStringLower(Hash([1, .. a, .. b])), roots.RootAt(2));
        Assert.Equal(Convert.ToHexStringLower(Hash([1, .. Hash([1, .. a, .. b]), .. c])), roots.RootAt(3));
    }

    private void Grant(int second, string address, string container, string request, long prev) => Take(
        "lease.granted", second, $"ip/{address}", prev,
        $$"""
        "address":"{{address}}","generation":1,"node":"a",
        "attachment":{"network":"n","containerId":"{{container}}","interface":"eth0"}
        """,
        request);

    private void Release(int second, string address, long granted) => Take(
        "lease.released", second, $"ip/{address}", granted,
        $$""" "address":"{{address}}","generation":1,"granted":{{granted}} """);

    private void Take(string type, int second, string subject, long? prev, string data, string? request = null)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero).AddSeconds(second);
        var asked = Member("request", request is null ? null : $"\"{request}\"");
        var line = "{" + $"\"v\":1,\"type\":\"{type}\",\"at\":\"{at:O}\",\"subject\":\"{subject}\","
            + Member("prev", prev) + asked + "\"data\":{" + data + "}}";
        checker.Take(new StreamedEvent(position++, type, line));
    }

    private static string Member(string name, object? value) => value is null ? "" : $"\"{name}\":{value},";
}
