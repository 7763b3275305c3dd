namespace Broker.SystemTests.Readme;

/// <summary>A fenced block of Markdown: the heading that it stands under, the word after its fence, its lines.</summary>
internal sealed record FencedBlock(string Section, string Language, string Text);
