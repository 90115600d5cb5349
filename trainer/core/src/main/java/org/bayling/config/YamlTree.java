package org.bayling.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML into {@link ConfigNode}s: no tags, no merge keys, no duplicate keys, bounded size, depth and aliases.
 *
 * <p>Nothing is constructed from a tag and no plain scalar is resolved, so a file can neither run code nor lose text.
 */
final class YamlTree {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_NODES = 100_000; // after aliases are followed
    private static final int MAX_DEPTH = 32;

    private final String source;
    private final Findings findings;
    private int nodes;

    private YamlTree(String source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** The root mapping of a file. Throws with every problem when there is none. */
    static ConfigNode.Mapping read(Path file, Findings findings) throws ConfigException {
        String source = file.toString();
        Origin whole = new Origin(source, 0, 0);
        ConfigNode root = null;
        try {
            String text = decode(bytes(file, whole, findings), whole, findings);
            root = text == null ? null : parse(text, source, findings);
        } catch (NoSuchFileException e) {
            findings.problem(whole, "", "no such file", "check the path; it is taken from the current directory");
        } catch (AccessDeniedException e) {
            findings.problem(whole, "", "may not be read", "check the file's permissions");
        } catch (IOException e) {
            findings.problem(whole, "", "can't be read: " + e.getMessage());
        }
        if (root instanceof ConfigNode.Mapping mapping) {
            return mapping; // problems so far, such as duplicate keys, are reported with the later ones
        }
        if (root != null && !findings.hasProblems()) {
            findings.problem(root.origin(), "", "expected lines of key: value, found " + root.kind());
        }
        findings.throwIfAny();
        throw new IllegalStateException("no root and no problem in " + source);
    }

    /** Null after a problem. */
    static ConfigNode parse(String text, String source, Findings findings) {
        return new YamlTree(source, findings).document(text);
    }

    private static byte[] bytes(Path file, Origin whole, Findings findings) throws IOException {
        if (Files.isDirectory(file)) {
            findings.problem(whole, "", "is a directory", "name a YAML file");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                findings.problem(whole, "", "larger than 1 MiB", "this is not a configuration");
                return null;
            }
            return bytes;
        }
    }

    private static String decode(byte[] bytes, Origin whole, Findings findings) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            findings.problem(whole, "", "is not UTF-8 text at byte " + in.position(), "save it as UTF-8");
            return null;
        }
    }

    private ConfigNode document(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            StreamReader reader = new StreamReader(new StringReader(body));
            Node root = new Composer(new ParserImpl(reader, options), new TextOnly(), options).getSingleNode();
            if (root == null) {
                findings.problem(new Origin(source, 0, 0), "", "is empty", "start from one of the files in configs/");
                return null;
            }
            return convert(root, "", 0);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            findings.problem(origin(mark), "", "not valid YAML: " + context + e.getProblem());
        } catch (YAMLException | IllegalArgumentException e) { // the second from escapes such as \UFFFFFFFF
            findings.problem(new Origin(source, 0, 0), "", "not valid YAML: " + firstLine(e));
        }
        return null;
    }

    private ConfigNode convert(Node node, String key, int depth) {
        Origin origin = origin(node.getStartMark());
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new YAMLException("too large or too deep once its aliases are followed");
        }
        refuseTag(node, key, origin);
        if (node instanceof ScalarNode scalar) {
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return new ConfigNode.Scalar(scalar.getValue(), quoted, origin);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, join(key, Integer.toString(items.size())), depth + 1));
            }
            return new ConfigNode.Sequence(items, origin);
        }
        return mapping((MappingNode) node, key, depth);
    }

    private ConfigNode.Mapping mapping(MappingNode node, String parent, int depth) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Origin keyOrigin = origin(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                findings.problem(keyOrigin, parent, "a key must be plain text");
                continue;
            }
            String key = join(parent, scalar.getValue());
            refuseTag(scalar, key, keyOrigin);
            if (scalar.getValue().equals("<<") && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
                findings.problem(keyOrigin, key, "merge keys are not supported", "write the keys out");
                continue;
            }
            ConfigNode value = convert(tuple.getValueNode(), key, depth + 1);
            ConfigNode.Entry earlier = entries.putIfAbsent(scalar.getValue(), new ConfigNode.Entry(keyOrigin, value));
            if (earlier != null) {
                findings.problem(
                        keyOrigin, key, "written twice, first in line " + earlier.keyOrigin().line(), "remove one");
            }
        }
        return new ConfigNode.Mapping(entries, origin(node.getStartMark()));
    }

    private void refuseTag(Node node, String key, Origin origin) {
        Tag tag = node.getTag();
        if (!tag.equals(Tag.STR) && !tag.equals(Tag.SEQ) && !tag.equals(Tag.MAP)) {
            findings.problem(origin, key, "the tag " + tag.getValue() + " is not supported", "remove the tag");
        }
    }

    private Origin origin(Mark mark) {
        return mark == null ? new Origin(source, 0, 0) : new Origin(source, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String join(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }

    /** Leaves every plain scalar text; only a tag that is written out differs from text then. */
    private static final class TextOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {}
    }
}
