using Broker.Tests.House.Projects;
using Broker.Tests.House.Tidy;

namespace Broker.Tests.House;

/// <summary>For each rule, files that break it, and files that only look so.</summary>
internal static class TidySamples
{
    private const string KeyLabel = "-----BEGIN EC " + "PRIVATE KEY-----";

    public static IReadOnlyDictionary<string, RepositoryFile[]> Bad { get; } = new Dictionary<string, RepositoryFile[]>
    {
        [nameof(FileLengthRule)] = [Code(Lines(601)), new("tests/run", "#!/bin/sh\n" + Lines(600))],
        [nameof(MedianLengthRule)] = [Code(Lines(121))],
        [nameof(MethodLengthRule)] =
            [Member("void M()\n{\n" + Lines(67) + "}"), Member("int P\n{\nget\n{\n" + Lines(67) + "}\n}")],
        [nameof(LineLengthRule)] = [Code(new string('/', 121)), new("tests/run", "#!/bin/sh\n" + new string('#', 121))],
        [nameof(OneTypePerFileRule)] =
        [
            Code("class Foo; class Bar;"), Code("class Bar;"), Code("enum Bar { One }"), Code("class Bar<T>;"),
            Code("class Foo; file class Bar;"), Code("namespace A { delegate void Bar(); }"),
        ],
        [nameof(FolderNamesRule)] = [new("src/Broker.Core/Helpers/Foo.cs", "class Foo;")],
        [nameof(WhitespaceRule)] = [Code("class Foo; \n"), Code("class Foo;\r\n"), Code("class Foo;")],
        [nameof(LeftoverWordsRule)] =
        [
            Code("// " + "TO" + "DO: later"), new("deploy/README.md", "FIX" + "ME"), Code("// a " + "HA" + "CK"),
            Member("void M() => throw new Not" + "ImplementedException();"),
        ],
        [nameof(EmptyCatchRule)] =
        [
            Member("void M() { try { M(); } catch (IOException) { } }"),
            Member("void M() { try { M(); } catch { /* gone */ } }"), Member("void M() { try { M(); } catch { ; } }"),
        ],
        [nameof(RegionRule)] = [Code("#region Types\nclass Foo;\n#endregion")],
        [nameof(PublicDocstringRule)] =
        [
            Code("public class Foo;"), Code("// A foo.\npublic enum Foo { One }"), Code("public delegate void Foo();"),
            Code("/// <summary>A foo.</summary>\npublic class Foo { public record Bar; }"),
        ],
        [nameof(PureCoreRule)] =
        [
            Core("static int count;"), Core("public static int Count { get; set; }"), Core("static event Action? E;"),
            Core("async void M() { }"), Core("Func<int> f = async () => 1;"),
        ],
        [nameof(PrivateKeyRule)] =
        [
            new("certs/README.md", $"{KeyLabel}\n{new string('A', 64)}\n"), new("certs/node.pem", "A"),
            Code($"const string Key = \"{KeyLabel}\\n\"\n    + \"{new string('A', 64)}\";"),
        ],
        [nameof(MachinePathRule)] =
            [new("deploy/README.md", "see /" + "tmp/x"), Code("// \"/" + "home/me/x\""), Code("// file:/" + "work/x")],
        [nameof(OneTitleRule)] =
            [new("README.md", "# One\n# Two\n"), new("README.md", "Text\n"), new("README.md", "Text\n# One\n")],
        [nameof(RootNamesRule)] = [new("Makefile", ""), new("docs/README.md", "# Docs\n")],
        [nameof(ProjectReferencesRule)] =
        [
            Project("Broker.Core", """<ProjectReference Include="../Broker.Journal/Broker.Journal.csproj" />"""),
            Project("Broker.Common", ""), new("src/Other/Broker.Core.csproj", "<Project />"),
            Project("Broker.Client", """<ProjectReference Include="..\Broker.Core\Broker.Core.csproj" />"""),
        ],
        [nameof(PackageOwnersRule)] =
        [
            Project("Broker.Core", """<PackageReference Include="Microsoft.Data.Sqlite" PrivateAssets="compile" />"""),
            Project("Broker.Journal.Sqlite", """<PackageReference Include="Microsoft.Data.Sqlite" />"""),
            Project("Broker.Core", """<PackageReference Include="Newcomer" PrivateAssets="all" />"""),
        ],
        [nameof(PackageVersionsRule)] =
        [
            Project("Broker.Core", """<PackageReference Include="A" Version="1.0.0" />"""),
            Project("Broker.Core", """<PackageReference Include="A" VersionOverride="1.0.0" />"""),
            Versions("""<PackageVersion Include="A" Version="[1.0.0,2.0.0)" />"""),
            Versions("""<PackageVersion Include="A" Version="1" /><PackageVersion Include="A" Version="2" />"""),
        ],
    };

    public static IReadOnlyDictionary<string, RepositoryFile[]> Good { get; } = new Dictionary<string, RepositoryFile[]>
    {
        [nameof(FileLengthRule)] = [Code(Lines(600)), new("tests/golden.jsonl", Lines(601))],
        [nameof(MedianLengthRule)] = [Code(Lines(120)), new("tests/Broker.Tests/Foo.cs", Lines(500))],
        [nameof(MethodLengthRule)] =
            [Member(string.Concat(Enumerable.Repeat("[A]\n", 70)) + "void M()\n{\n" + Lines(66) + "}")],
        [nameof(LineLengthRule)] = [Code(new string('/', 120)), new("README.md", new string('x', 200))],
        [nameof(OneTypePerFileRule)] =
        [
            Code("class Foo<T>;"), new("src/FooOfT.cs", "class Foo<TAnswer>;"),
            Code("class Foo { class Bar; }"), new("src/Program.cs", "return 0;"), Code("global using System;"),
        ],
        [nameof(EmptyCatchRule)] = [Member("void M() { try { M(); } catch { throw; } }")],
        [nameof(RegionRule)] = [Code("class Foo { string s = \"#region\"; }")],
        [nameof(PublicDocstringRule)] =
        [
            Code("/// <summary>A foo.</summary>\n[A]\npublic class Foo;"), Code("class Foo { public int Bar; }"),
            Code("/// <inheritdoc/>\npublic class Foo;"), new("tests/Foo.cs", "public class Foo;"),
        ],
        [nameof(PureCoreRule)] =
            [Core("static readonly int[] sizes = [1];"), Core("public static int Max { get; } = 1;")],
        [nameof(PrivateKeyRule)] = [Code($"const string Label = \"{KeyLabel}\";")],
        [nameof(MachinePathRule)] =
            [new("README.md", "https://example.org/" + "home/ and $X/" + "tmp/ and /" + "workers/")],
        [nameof(OneTitleRule)] = [new("README.md", "# One\n\n```sh\n# a comment\n```\n\n## Two\n")],
        [nameof(RootNamesRule)] = [new("src/Foo.cs", ""), new(".ci/run", "")],
        [nameof(ProjectReferencesRule)] =
        [
            Project("Broker.Client", """<ProjectReference Include="..\Broker.Contracts\Broker.Contracts.csproj" />"""),
        ],
        [nameof(PackageOwnersRule)] =
        [
            Project("Broker.Server", """<PackageReference Include="System.CommandLine" PrivateAssets="compile" />"""),
        ],
        [nameof(PackageVersionsRule)] = [Versions("""<PackageVersion Include="A" Version="1.0.0" />""")],
    };

    private static RepositoryFile Code(string text) => new("src/Broker.Server/Foo.cs", text);

    private static RepositoryFile Member(string text) => Code($"class Foo\n{{\n{text}\n}}\n");

    private static RepositoryFile Core(string text) => new("src/Broker.Core/Foo.cs", $"class Foo\n{{\n{text}\n}}\n");

    private static RepositoryFile Project(string name, string items) =>
        new($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{items}</ItemGroup></Project>");

    private static RepositoryFile Versions(string items) =>
        new("Directory.Packages.props", $"<Project><ItemGroup>{items}</ItemGroup></Project>");

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));
}
