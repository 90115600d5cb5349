package org.bayling.corpus.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;

/**
 * Translation Memory eXchange 1.4, streamed: {@code <tu><tuv xml:lang="en"><seg>..</seg></tuv>..</tu>}. Codes of the
 * original file's formatting (bpt, ept, ph, it, ut) are left out of the text. Nothing outside the file is ever read.
 */
final class TmxReading {
    private static final Set<String> CODES = Set.of("bpt", "ept", "ph", "it", "ut", "sub");

    private final SourceRecipe.Parallel recipe;
    private final LanguageNames languages;

    TmxReading(SourceRecipe.Parallel recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        for (String path : recipe.paths()) {
            Path file = Path.of(path);
            try (StoredFile stored = SourceFiles.open(file)) {
                XMLStreamReader xml = safeFactory().createXMLStreamReader(characters(stored));
                try {
                    units(file, xml, sink);
                } finally {
                    xml.close();
                }
            } catch (XMLStreamException e) {
                int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
                Throwable cause = e.getNestedException() == null ? e : e.getNestedException();
                if (cause instanceof CharacterCodingException) {
                    refuseTheFirstWrongLine(file);
                }
                String kind = cause instanceof IOException ? "cannot be read on: " : "is not well-formed XML: ";
                throw new DataException(file + ":" + line + ": " + kind + firstLine(cause), e);
            } catch (DataException e) {
                throw e;
            } catch (IOException e) {
                throw new DataException(file + ": cannot be read on: " + e.getMessage(), e);
            }
        }
    }

    /** UTF-16 where the file begins with its mark, else UTF-8: the parser prints what it thinks of wrong bytes. */
    private static Reader characters(StoredFile stored) throws IOException {
        InputStream bytes = stored.bytes();
        bytes.mark(2);
        int mark = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return mark == 0xfeff || mark == 0xfffe
                ? new InputStreamReader(bytes, StandardCharsets.UTF_16.newDecoder())
                : stored.characters();
    }

    /** The parser reads ahead and knows no better than the beginning of the block. */
    private static void refuseTheFirstWrongLine(Path file) throws IOException {
        try (TextLines lines = TextLines.open(file)) {
            while (lines.next() != null) {
                continue;
            }
        }
    }

    private static XMLInputFactory safeFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.substring(message.lastIndexOf("Message: ") + 1).replaceFirst("^essage: ", "").strip();
    }

    private void units(Path file, XMLStreamReader xml, Consumer<SourceItem> sink)
            throws XMLStreamException, IOException {
        long unit = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("tu")) {
                unit++;
                int line = xml.getLocation().getLineNumber();
                SortedMap<String, String> texts = unit(file, xml);
                if (texts.size() < 2) {
                    throw new DataException(
                            file + ":" + line + ": the translation unit has text in " + texts.size() + " languages");
                }
                sink.accept(new SourceItem.Parallel(
                        recipe.id(),
                        file.getFileName() + ":" + unit,
                        recipe.kind(),
                        Collections.unmodifiableSortedMap(texts)));
            }
        }
    }

    private SortedMap<String, String> unit(Path file, XMLStreamReader xml) throws XMLStreamException, IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        String code = "";
        while (true) {
            int event = xml.next();
            String where = file + ":" + xml.getLocation().getLineNumber();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("tu")) {
                return texts;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("tuv")) {
                String given = xml.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
                code = given == null ? xml.getAttributeValue(null, "lang") : given;
                if (code == null) {
                    throw new DataException(where + ": the variant names no language (xml:lang)");
                }
            } else if (xml.getLocalName().equals("seg")) {
                String tag = languages.tag(code, where);
                String text = segment(xml).strip();
                if (text.isEmpty()) {
                    throw new DataException(where + ": the side in " + tag + " is empty; remove the unit");
                }
                texts.put(tag, text);
            }
        }
    }

    private static String segment(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int codes = 0;
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && CODES.contains(xml.getLocalName())) {
                codes++;
            } else if (event == XMLStreamConstants.END_ELEMENT && CODES.contains(xml.getLocalName())) {
                codes--;
            } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("seg")) {
                return text.toString();
            } else if (xml.isCharacters() && codes == 0) {
                text.append(xml.getText());
            }
        }
    }
}
