package org.bayling.corpus;

/**
 * One thing that CLDR can name in many languages.
 *
 * @param category what kind of thing it is
 * @param code ISO 3166 ({@code DE}), ISO 639 ({@code fr}), ISO 4217 ({@code EUR}), a CLDR unit ({@code kilometer}), a
 *     month 1 to 12, a weekday 1 (Sunday) to 7, a whole number, or a day {@code 2024-03-05}
 */
public record CldrItem(Category category, String code) {

    /** Unique over all categories, for example {@code territory/DE}. */
    public String id() {
        return category.tag() + "/" + code;
    }

    /** Kinds of things, each with the word that a question calls it by. */
    public enum Category {
        TERRITORY("territory", "country or region", "国家或地区"),
        LANGUAGE("language", "language", "语言"),
        CURRENCY("currency", "currency", "货币"),
        UNIT("unit", "unit", "单位"),
        MONTH("month", "month", "月份"),
        WEEKDAY("weekday", "day of the week", "星期"),
        NUMBER("number", "number", "数字"),
        DATE("date", "date", "日期");

        private final String tag;
        private final String english;
        private final String chinese;

        Category(String tag, String english, String chinese) {
            this.tag = tag;
            this.english = english;
            this.chinese = chinese;
        }

        /** Name in files, for example {@code territory}. */
        public String tag() {
            return tag;
        }

        /** What it is called in a question. */
        public String nounIn(Pivot pivot) {
            return pivot == Pivot.ENGLISH ? english : chinese;
        }

        /** True for what has a name to be learnt, false for what is built by rule from its parts. */
        public boolean isName() {
            return this != NUMBER && this != DATE;
        }
    }
}
