/** Lines of a value, both 1-based. */
export type Lines = readonly [number, number]

/** An object as written: keys may repeat and are never used as names of JavaScript properties. */
export class JsonObject {
  readonly keys: string[] = []
  readonly values: JsonValue[] = []
  readonly lines: Lines[] = []
  endLine: number
  /** The text ended or broke off inside. */
  isCut = false
  constructor(readonly line: number) {
    this.endLine = line
  }
}

export class JsonArray {
  readonly items: JsonValue[] = []
  endLine: number
  isCut = false
  constructor(readonly line: number) {
    this.endLine = line
  }
}

/** A text that a line end runs through: no writer of JSON puts one there, so a copy from a screen broke it. */
export class Broken {
  constructor(readonly text: string) {}
}

/** Stands for an object that was taken out as one of its own. */
export class Taken {}
export const taken = new Taken()

/** Numbers keep their digits, true and false are spelled as PowerShell prints them. */
export type JsonValue = string | null | JsonObject | JsonArray | Broken | Taken

/** Value of a key, whatever its case. */
export function get(o: JsonObject, lowerKey: string): JsonValue | undefined {
  for (let i = 0; i < o.keys.length; i++) {
    const key = o.keys[i]
    if (key !== undefined && key.length === lowerKey.length && key.toLowerCase() === lowerKey) return o.values[i]
  }
  return undefined
}
