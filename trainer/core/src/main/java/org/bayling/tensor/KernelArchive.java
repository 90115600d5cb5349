package org.bayling.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive written by Java: a stored zip with one module class {@code Kernels}, whose methods are the text
 * of {@code kernels/*.py}, and a pickle that makes one instance of it.
 *
 * <p>An archive is code. Only this one, built from the program's own resources, is ever loaded.
 */
final class KernelArchive {
    private static final List<String> SOURCES = List.of("storage", "linear", "layer", "decode", "head", "optimizer");

    private static final String HEADER =
            """
            class Kernels(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    private KernelArchive() {}

    /**
     * The bytes of the archive.
     *
     * @param packed whether products with packed weights are among its methods; only a libtorch with MKL loads them
     */
    static byte[] build(boolean packed) throws IOException {
        StringBuilder code = new StringBuilder(HEADER);
        for (String source : SOURCES) {
            code.append(read(source));
        }
        code.append(read(packed ? "packed" : "unpacked"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "data.pkl", modulePickle());
            put(zip, "code/__torch__.py", code.toString().getBytes(UTF_8));
            put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
            put(zip, "version", "3\n".getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    /** {@code Kernels.__new__()} with the state {@code {"training": True}}, pickle protocol 2. */
    private static byte[] modulePickle() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream pickle = new DataOutputStream(bytes);
        pickle.write(new byte[] {(byte) 0x80, 2}); // PROTO 2
        pickle.writeBytes("c__torch__\nKernels\n)"); // GLOBAL, EMPTY_TUPLE
        pickle.write(0x81); // NEWOBJ
        pickle.writeBytes("}(X"); // EMPTY_DICT, MARK, BINUNICODE with a little-endian length
        pickle.writeInt(Integer.reverseBytes("training".length()));
        pickle.writeBytes("training");
        pickle.write(0x88); // NEWTRUE
        pickle.writeBytes("ub."); // SETITEMS, BUILD, STOP
        return bytes.toByteArray();
    }

    private static String read(String source) throws IOException {
        String name = "kernels/" + source + ".py";
        try (InputStream in = KernelArchive.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program's own resource " + name + " is missing; build it again");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry("kernels/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
