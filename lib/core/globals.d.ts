// What the core asks of its host besides ECMAScript itself: decoding of bytes. Everything else that a browser, Node or a
// worker offers (clock, files, network, process, console) is a compile error in the core, see tsconfig.json beside this file.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}

declare class TextEncoder {
  encode(input?: string): Uint8Array
}
