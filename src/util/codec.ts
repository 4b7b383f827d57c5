import { MalformedBytes, type ByteReader, type ByteWriter } from './bytes.js';

/** The abilities of a writer and a reader, whichever they are. */
export type Out<W extends ByteWriter = ByteWriter> = Pick<W, keyof W>;
export type In<R extends ByteReader = ByteReader> = Pick<R, keyof R>;

/** How values of a type are written and read back: said once for both ways. Reading throws MalformedBytes. */
export interface Codec<T, W extends Out = Out, R extends In = In> {
  write(out: W, value: T): void;
  read(from: R): T;
}

export const u32: Codec<number> = {
  write: (out, value) => out.u32(value),
  read: (from) => from.u32(),
};

export const f64: Codec<number> = {
  write: (out, value) => out.f64(value),
  read: (from) => from.f64(),
};

export const count: Codec<number> = {
  write: (out, value) => out.count(value),
  read: (from) => from.count(),
};

export const text: Codec<string> = {
  write: (out, value) => out.string(value),
  read: (from) => from.string(),
};

export const words: Codec<Uint32Array> = {
  write: (out, value) => out.words(value),
  read: (from) => from.words(),
};

/** Numbers that ascend, as their distances. */
export const ascending: Codec<Uint32Array> = {
  write(out, value) {
    out.count(value.length);
    value.forEach((number, index) => out.count(number - (value[index - 1] ?? 0)));
  },
  read(from) {
    const length = from.count();
    if (length > from.left) throw new MalformedBytes(`${length} numbers in ${from.left} bytes`);
    const value = new Uint32Array(length);
    for (let i = 0; i < length; i++) value[i] = (value[i - 1] ?? 0) + from.count();
    return value;
  },
};

/** Words as an array of numbers. */
export const numbers: Codec<readonly number[]> = {
  write: (out, value) => out.words(value),
  read: (from) => [...from.words()],
};

export const flag: Codec<boolean> = {
  write: (out, value) => out.u8(value ? 1 : 0),
  read(from) {
    const byte = from.u8();
    if (byte > 1) throw new MalformedBytes(`flag ${byte}, expected 0 or 1`);
    return byte === 1;
  },
};

/** One of some texts, as its number among them. */
export function oneOf<T extends string>(what: string, texts: readonly T[]): Codec<T> {
  return {
    write: (out, value) => out.u8(texts.indexOf(value)),
    read(from) {
      const number = from.u8();
      const known = texts[number];
      if (known === undefined) throw new MalformedBytes(`${what} ${number} of ${texts.length}`);
      return known;
    },
  };
}

/** Those values of a codec that are among the given ones. */
export function among<T, S extends T, W extends Out, R extends In>(
  what: string,
  of: Codec<T, W, R>,
  allowed: readonly S[],
): Codec<S, W, R> {
  return {
    write: (out, value) => of.write(out, value),
    read(from) {
      const read = of.read(from);
      const found = allowed.find((one) => one === read);
      if (found === undefined) throw new MalformedBytes(`${what}: ${String(read)}`);
      return found;
    },
  };
}

/** Up to eight flags in one byte, the first in the lowest bit. One that is left out is false. */
export function bits<T extends { readonly [K in keyof T]: boolean | undefined }>(
  what: string,
  names: readonly (keyof T)[],
): Codec<T> {
  return {
    write(out, value) {
      let byte = 0;
      names.forEach((name, bit) => (byte |= value[name] === true ? 1 << bit : 0));
      out.u8(byte);
    },
    read(from) {
      const byte = from.u8();
      if (byte >>> names.length !== 0)
        throw new MalformedBytes(`${what}: ${byte}, expected ${names.length} bits`);
      return Object.fromEntries(names.map((name, bit) => [name, (byte & (1 << bit)) !== 0])) as T;
    },
  };
}

export function list<T, W extends Out, R extends In>(item: Codec<T, W, R>): Codec<readonly T[], W, R> {
  return {
    write: (out, items) => out.list(items, (one) => item.write(out, one)),
    read: (from) => from.list(() => item.read(from)),
  };
}

/** A value or none. */
export function optional<T, W extends Out, R extends In>(of: Codec<T, W, R>): Codec<T | undefined, W, R> {
  return {
    write(out, value) {
      flag.write(out, value !== undefined);
      if (value !== undefined) of.write(out, value);
    },
    read: (from) => (flag.read(from) ? of.read(from) : undefined),
  };
}

/**
 * An object with a codec for each of its parts, in that order. Parts that are undefined are left out of what is read.
 */
export function struct<T extends object, W extends Out = Out, R extends In = In>(parts: {
  readonly [K in keyof T]-?: Codec<T[K], W, R>;
}): Codec<T, W, R> {
  const codecs = Object.entries(parts) as [keyof T, Codec<T[keyof T], W, R>][];
  return {
    write(out, value) {
      for (const [name, codec] of codecs) codec.write(out, value[name]);
    },
    read(from) {
      const value: Partial<T> = {};
      for (const [name, codec] of codecs) {
        const part = codec.read(from);
        if (part !== undefined) value[name] = part;
      }
      return value as T;
    },
  };
}

/** An object that has the parts of two. */
export function both<A extends object, B extends object, W extends Out, R extends In>(
  one: Codec<A, W, R>,
  other: Codec<B, W, R>,
): Codec<A & B, W, R> {
  return {
    write(out, value) {
      one.write(out, value);
      other.write(out, value);
    },
    read(from) {
      const first = one.read(from);
      return { ...first, ...other.read(from) };
    },
  };
}

/** A union whose members a part tells apart: the number of the member, then the rest of it. */
export function variant<
  Tag extends string,
  T extends Readonly<Record<Tag, string>>,
  W extends Out = Out,
  R extends In = In,
>(
  tag: Tag,
  members: { readonly [K in T[Tag]]: Codec<Omit<Extract<T, Readonly<Record<Tag, K>>>, Tag>, W, R> },
): Codec<T, W, R> {
  const names = oneOf(tag, Object.keys(members) as T[Tag][]);
  const of = members as Readonly<Record<string, Codec<object, W, R>>>;
  return {
    write(out, value) {
      names.write(out, value[tag]);
      of[value[tag]]?.write(out, value);
    },
    read(from) {
      const name = names.read(from);
      return { [tag]: name, ...of[name]?.read(from) } as object as T;
    },
  };
}
