package org.bayling.tokenizer.chat;

/** A name, attribute or element that is not there: prints as nothing; most other uses fail with this message. */
record Undefined(String problem) {
    static Undefined name(String name) {
        return new Undefined(Values.repr(name) + " is undefined");
    }

    static Undefined element(Object of, Object key) {
        String type = of == None.NONE ? "None" : Values.typeName(of) + " object";
        return new Undefined(
                key instanceof Text name
                        ? Values.repr(type) + " has no attribute " + Values.repr(name.string())
                        : type + " has no element " + Values.repr(key, Budget.forMessage()));
    }
}
