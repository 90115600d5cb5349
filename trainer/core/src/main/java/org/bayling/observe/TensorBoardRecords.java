package org.bayling.observe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/** TensorBoard's records, byte by byte: the few protocol buffer messages that scalars need, and their framing. */
final class TensorBoardRecords {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private TensorBoardRecords() {}

    /** {@code Event{wall_time = 1, file_version = 3}}, the first record of every file. */
    static byte[] fileVersion(double wallTime) {
        ByteArrayOutputStream event = event(wallTime, 0);
        bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    /** {@code Event{wall_time = 1, step = 2, session_log = 7 {status = 1: START}}}: steps from here on are anew. */
    static byte[] sessionStart(double wallTime, long step) {
        ByteArrayOutputStream event = event(wallTime, step);
        bytes(event, 7, new byte[] {(1 << 3) | VARINT, 1});
        return event.toByteArray();
    }

    /** {@code Event{wall_time = 1, step = 2, summary = 5 {value = 1 {tag = 1, simple_value = 2}...}}}. */
    static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        values.forEach((tag, number) -> {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            bytes(value, 1, tag.getBytes(StandardCharsets.UTF_8));
            value.write((2 << 3) | FIXED32);
            value.writeBytes(littleEndian(4).putFloat(number.floatValue()).array());
            bytes(summary, 1, value.toByteArray());
        });
        ByteArrayOutputStream event = event(wallTime, step);
        bytes(event, 5, summary.toByteArray());
        return event.toByteArray();
    }

    /** The record of a message: length, its checksum, message, its checksum. */
    static ByteBuffer framed(byte[] message) {
        byte[] length = littleEndian(8).putLong(message.length).array();
        return littleEndian(message.length + 16)
                .put(length)
                .putInt(maskedCrc(length))
                .put(message)
                .putInt(maskedCrc(message))
                .flip();
    }

    /** Masked, because a checksum over data that holds checksums of the same kind is weak. */
    private static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static ByteArrayOutputStream event(double wallTime, long step) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write((1 << 3) | FIXED64);
        event.writeBytes(littleEndian(8).putDouble(wallTime).array());
        event.write((2 << 3) | VARINT);
        varint(event, step);
        return event;
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        out.write((field << 3) | LENGTH_DELIMITED);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
