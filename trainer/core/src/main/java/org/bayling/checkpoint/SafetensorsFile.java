package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bayling.io.MappedFile;
import org.bayling.numeric.DType;

/**
 * One memory-mapped safetensors file. Opening it checks the whole header against the length of the file (the rules are
 * in the package description); the tensors' bytes are not read before they are asked for.
 */
public final class SafetensorsFile implements TensorStore {
    private final MappedFile file;
    private final SafetensorsHeader header;

    private SafetensorsFile(MappedFile file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Opens and checks a file.
     *
     * @throws org.bayling.io.CorruptFileException when it breaks a rule of the format
     * @throws org.bayling.io.UnsupportedFileException when it is sound but holds a dtype unknown to {@link DType}
     */
    public static SafetensorsFile open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            return new SafetensorsFile(file, SafetensorsHeader.read(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Path fileOf(String name) {
        return path();
    }

    /** The {@code __metadata__} map of the header, in the order of the file; empty when there is none. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public Set<String> names() {
        return header.tensors().keySet();
    }

    @Override
    public Entry entry(String name) {
        return located(name).entry();
    }

    @Override
    public ByteBuffer view(String name, long offset, int length) throws IOException {
        SafetensorsHeader.Located tensor = located(name);
        long bytes = tensor.end() - tensor.begin();
        if (offset < 0 || length < 0 || offset > bytes - length) {
            throw new IndexOutOfBoundsException(path() + ": bytes [" + offset + ", +" + length + ") leave tensor '" + name
                    + "' of " + bytes + " bytes");
        }
        return file.view(header.dataStart() + tensor.begin() + offset, length);
    }

    @Override
    public void readFp32(String name, long first, ByteBuffer into) throws IOException {
        FloatBuffer out = Fp32Reader.floats(into);
        DType dtype = located(name).entry().dtype();
        int atOnce = (1 << 30) / dtype.bytes();
        while (out.hasRemaining()) {
            int n = Math.min(atOnce, out.remaining());
            ByteBuffer from = view(name, Math.multiplyExact(first, (long) dtype.bytes()), n * dtype.bytes());
            Fp32Reader.widen(dtype, from, out.slice(out.position(), n));
            out.position(out.position() + n);
            first += n;
        }
    }

    private SafetensorsHeader.Located located(String name) {
        SafetensorsHeader.Located tensor = header.tensors().get(name);
        if (tensor == null) {
            throw TensorNotFoundException.of(path(), name, names());
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
