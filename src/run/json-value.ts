/** A value read from JSON, and the way to it for messages. */
export class Json {
  private readonly value: unknown;
  private readonly name: string;

  constructor(value: unknown, name: string) {
    this.value = value;
    this.name = name;
  }

  /** An error that says what stands at this place and should not. */
  wrong(wanted: string): Error {
    return new Error(`${this.name} is not ${wanted}`);
  }

  /** Whether nothing is there. */
  get isMissing(): boolean {
    return this.value === undefined;
  }

  get isNull(): boolean {
    return this.value === null;
  }

  key(name: string): Json {
    if (typeof this.value !== 'object' || this.value === null) throw this.wrong('an object');
    return new Json(
      Object.hasOwn(this.value, name) ? Reflect.get(this.value, name) : undefined,
      `${this.name}.${name}`,
    );
  }

  list<T>(read: (element: Json) => T): T[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((element, index) => read(new Json(element, `${this.name}[${index}]`)));
  }

  /** What `read` gives for each key, in their order. */
  entries<T>(read: (element: Json) => T): [string, T][] {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.wrong('an object');
    return Object.entries(this.value).map(([key, element]) => [
      key,
      read(new Json(element, `${this.name}[${JSON.stringify(key)}]`)),
    ]);
  }

  /** What `read` gives; undefined where nothing is there. */
  optional<T>(read: (json: Json) => T): T | undefined {
    return this.isMissing ? undefined : read(this);
  }

  get isString(): boolean {
    return typeof this.value === 'string';
  }

  /** The value, for whoever knows what it may be. */
  plain(): unknown {
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.wrong('true or false');
    return this.value;
  }

  string(): string {
    if (typeof this.value !== 'string') throw this.wrong('a string');
    return this.value;
  }

  count(): number {
    if (typeof this.value !== 'number' || !Number.isSafeInteger(this.value) || this.value < 0)
      throw this.wrong('a count');
    return this.value;
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    if (found === undefined) throw this.wrong(`one of ${choices.join(', ')}`);
    return found;
  }
}
