namespace Broker.Tests.House.Tidy;

/// <summary>One rule of the house style over the files of the repository. No rule has an allow-list.</summary>
internal abstract class TidyRule
{
    /// <summary>The rule as a sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>One "path:line: what is wrong" for each place that breaks the rule.</summary>
    public abstract IEnumerable<string> Find(RepositoryTree tree);

    /// <summary>The name of the rule in test names.</summary>
    public sealed override string ToString() => GetType().Name;
}
