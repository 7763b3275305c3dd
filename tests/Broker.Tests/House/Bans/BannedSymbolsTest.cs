using Xunit;

namespace Broker.Tests.House.Bans;

public sealed class BannedSymbolsTest
{
    private const string Everywhere = "src/BannedSymbols.txt";
    private const string InCore = "src/Broker.Core/BannedSymbols.Core.txt";

    private static readonly Lazy<BanCompiler> compiler = new(() => new());

    public static TheoryData<string, string> Bans =>
    [
        .. from list in new[] { Everywhere, InCore }
           from ban in BannedSymbol.Read(list)
           select new TheoryDataRow<string, string>(list, ban.Id),
    ];

    [Theory]
    [MemberData(nameof(Bans))]
    public async Task A_use_of_it_is_found(string list, string id)
    {
        // A ban whose id names nothing (a wrong letter before the colon, a mistyped overload) says nothing: see here.
        var symbol = compiler.Value.Resolve(id);
        Assert.True(symbol is not null, $"{list}: {id} names nothing that exists.");

        var found = await compiler.Value.FindBannedAsync(
            Violation.Of(symbol),
            await File.ReadAllTextAsync(RepositoryRoot.Full(list), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);

        var replacement = BannedSymbol.Read(list).Single(ban => ban.Id == id).Replacement;
        Assert.Contains(found, message => message.EndsWith(replacement, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bans))]
    public async Task Without_its_line_the_use_is_not_found(string list, string id)
    {
        var others = BannedSymbol.Read(list).Where(ban => ban.Id != id && !Covers(ban.Id, id));

        var found = await compiler.Value.FindBannedAsync(
            Violation.Of(compiler.Value.Resolve(id)!),
            string.Join('\n', others.Select(ban => $"{ban.Id};{ban.Replacement}")),
            TestContext.Current.CancellationToken);

        Assert.Empty(found);
    }

    [Theory]
    [InlineData(Everywhere)]
    [InlineData(InCore)]
    public void Each_ban_names_its_replacement_and_stands_once(string list)
    {
        var bans = BannedSymbol.Read(list);

        Assert.All(bans, ban => Assert.True(ban.Replacement.Length >= 10, $"{ban.Id}: what is to be used instead?"));
        Assert.Equal(bans.Count, bans.Select(ban => ban.Id).Distinct().Count());
    }

    /// <summary>True when one ban is of the type that the other id lies in.</summary>
    private static bool Covers(string ban, string id) =>
        ban[0] == 'T' && id[2..].StartsWith(ban[2..], StringComparison.Ordinal);
}
