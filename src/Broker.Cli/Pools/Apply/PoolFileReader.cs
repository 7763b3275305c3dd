using Broker.Core.Addresses;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Broker.Cli.Pools.Apply;

/// <summary>
/// Reads pools from YAML: a list, a mapping with the key <c>pools</c>, or one pool; any number of documents. Unknown,
/// repeated and misshapen keys are refused, all of them at once, with line and column.
/// </summary>
internal sealed class PoolFileReader
{
    private const string ListKey = "pools";
    private readonly List<PoolEntry> _entries = [];
    private readonly List<PoolFileFault> _faults = [];

    public static PoolFile Read(TextReader text)
    {
        var reader = new PoolFileReader();
        try
        {
            var stream = new YamlStream();
            stream.Load(text);
            foreach (var document in stream.Documents)
            {
                reader.TakeDocument(document.RootNode);
            }
        }
        catch (YamlException error)
        {
            reader._faults.Add(new PoolFileFault(error.Start.Line, error.Start.Column, Sentence(error)));
        }

        reader.CompareEntries();
        return new PoolFile(
            reader._entries, [.. reader._faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
    }

    private static string Sentence(YamlException error)
    {
        var text = error.InnerException?.Message ?? error.Message;
        return $"this is not YAML: {text.TrimEnd('.')}.";
    }

    private void TakeDocument(YamlNode root)
    {
        switch (root)
        {
            case YamlMappingNode { Children.Count: 1 } map when PoolFields.KeyOf(map.Children[0].Key) == ListKey:
                TakeList(map.Children[0].Value);
                break;
            case YamlScalarNode { Value: null or "" }:
                break; // An empty document, as between two lines of three dashes.
            case YamlMappingNode pool:
                TakePool(pool);
                break;
            default:
                TakeList(root);
                break;
        }
    }

    private void TakeList(YamlNode node)
    {
        if (node is not YamlSequenceNode list)
        {
            Fault(node, "a list of pools is expected: lines that begin with '- name:'.");
            return;
        }

        foreach (var item in list)
        {
            if (item is YamlMappingNode pool)
            {
                TakePool(pool);
            }
            else
            {
                Fault(item, "a pool is expected: keys such as name and cidr.");
            }
        }
    }

    private void TakePool(YamlMappingNode node)
    {
        var entry = new PoolEntry((int)node.Start.Line, (int)node.Start.Column);
        foreach (var (key, value) in node.Children)
        {
            if (PoolFields.Set(entry, PoolFields.KeyOf(key), value) is { } fault)
            {
                Fault(PoolFields.IsKnown(PoolFields.KeyOf(key)) ? value : key, fault);
            }
        }

        foreach (var missing in PoolFields.Missing(node))
        {
            Fault(node, $"'{missing}' is missing.");
        }

        _entries.Add(entry);
    }

    // The broker checks each pool against those that it has, not against others of the same file.
    private void CompareEntries()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (entry, before) = (_entries[i], _entries[j]);
                if (entry.Name.Length > 0 && entry.Name == before.Name)
                {
                    _faults.Add(new PoolFileFault(
                        entry.Line, entry.Column, $"pool '{entry.Name}' stands at line {before.Line} as well."));
                }
                else if (Cidr.TryParse(entry.Cidr, out var one) && Cidr.TryParse(before.Cidr, out var other)
                    && one.Overlaps(other))
                {
                    _faults.Add(new PoolFileFault(
                        entry.Line,
                        entry.Column,
                        $"{one} of pool '{entry.Name}' overlaps {other} of pool '{before.Name}'."));
                }
            }
        }
    }

    private void Fault(YamlNode node, string sentence) =>
        _faults.Add(new PoolFileFault(node.Start.Line, node.Start.Column, sentence));
}
