package org.bayling.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bayling.numeric.DType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line as the values they stand for. */
final class Converters {
    private Converters() {}

    /** {@code fp32}, {@code bf16} or {@code fp16}. */
    static final class Precision implements ITypeConverter<DType> {
        @Override
        public DType convert(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "fp32", "float32" -> DType.F32;
                case "bf16", "bfloat16" -> DType.BF16;
                case "fp16", "float16" -> DType.F16;
                default -> throw new TypeConversionException("'" + word + "' is none of fp32, bf16, fp16");
            };
        }
    }

    /** {@code 5GB} and {@code 4.5GiB} in bytes; the first counts in thousands as transformers does. */
    static final class Bytes implements ITypeConverter<Long> {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([KMGT]?)(i?)B?", Pattern.CASE_INSENSITIVE);

        @Override
        public Long convert(String word) {
            Matcher matcher = SIZE.matcher(word);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + word + "' is no size such as 5GB or 500MiB");
            }
            int power = " KMGT".indexOf((" " + matcher.group(2).toUpperCase(Locale.ROOT)).strip());
            long unit = matcher.group(3).isEmpty() ? 1000 : 1024;
            return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(unit, Math.max(0, power)));
        }
    }

    /** A number of MiB in bytes. */
    static final class Mebibytes implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            if (!word.matches("[1-9]\\d{0,11}")) {
                throw new TypeConversionException("'" + word + "' is no number of MiB, 1 or more");
            }
            return Long.parseLong(word) << 20;
        }
    }
}
