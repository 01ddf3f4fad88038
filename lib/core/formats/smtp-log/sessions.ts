/**
 * Counts different session ids in little memory: a day's logs hold a million of them, and as strings each would keep its line alive.
 * Open addressing over pairs of 32-bit numbers; an id of 16 hex digits is its own key, any other text its hash.
 */
export class SessionSet {
  private high = new Uint32Array(1024)
  private low = new Uint32Array(1024)
  size = 0

  /** `text` from `from` to `to` is the id. */
  add(text: string, from: number, to: number): void {
    const [high, low] = keyOf(text, from, to)
    if (this.insert(high, low)) {
      this.size++
      if (this.size * 2 > this.high.length) this.grow()
    }
  }

  private insert(high: number, low: number): boolean {
    const mask = this.high.length - 1
    for (let at = (high ^ Math.imul(low, 0x9e3779b1)) & mask; ; at = (at + 1) & mask) {
      if (this.high[at] === high && this.low[at] === low) return false
      if (this.high[at] === 0 && this.low[at] === 0) {
        this.high[at] = high
        this.low[at] = low
        return true
      }
    }
  }

  private grow(): void {
    const { high, low } = this
    this.high = new Uint32Array(high.length * 2)
    this.low = new Uint32Array(low.length * 2)
    for (let i = 0; i < high.length; i++) if (high[i] !== 0 || low[i] !== 0) this.insert(high[i] ?? 0, low[i] ?? 0)
  }
}

const HEX_DIGITS = 16

function keyOf(text: string, from: number, to: number): [number, number] {
  let high = 0x811c9dc5
  let low = 0x9dc5811c
  let hexHigh = 0
  let hexLow = 0
  let isHex = to - from === HEX_DIGITS
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ (code + 7), 0x01000193)
    const digit = hexDigit(code)
    if (digit < 0) isHex = false
    if (i - from < 8) hexHigh = (hexHigh << 4) | digit
    else hexLow = (hexLow << 4) | digit
  }
  if (!isHex) return [high >>> 0, (low | 1) >>> 0]
  // 0/0 marks a free place. Posts print an id of zeros only.
  return hexHigh === 0 && hexLow === 0 ? [0xffffffff, 0xffffffff] : [hexHigh >>> 0, hexLow >>> 0]
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
