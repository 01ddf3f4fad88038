import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decode'

const utf8 = (s: string) => new TextEncoder().encode(s)
const utf16 = (s: string, big = false) => {
  const out = new Uint8Array(s.length * 2)
  const v = new DataView(out.buffer)
  for (let i = 0; i < s.length; i++) v.setUint16(i * 2, s.charCodeAt(i), !big)
  return out
}
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((p) => [...p]))
const sample = 'Name : Äpfel\r\nFqdn : mail.contoso.com\r\n'
const lines = 'Name : Äpfel\nFqdn : mail.contoso.com\n'

describe('decodeText', () => {
  it.each([
    ['UTF-8', utf8(sample), 'utf-8'],
    ['UTF-8 with mark', join([0xef, 0xbb, 0xbf], utf8(sample)), 'utf-8'],
    ['UTF-16LE with mark', join([0xff, 0xfe], utf16(sample)), 'utf-16le'],
    ['UTF-16BE with mark', join([0xfe, 0xff], utf16(sample, true)), 'utf-16be'],
    ['UTF-16LE without mark', utf16(sample), 'utf-16le'],
    ['UTF-16BE without mark', utf16(sample, true), 'utf-16be'],
  ])('%s', (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: lines, encoding, notices: [] })
  })

  it('loses nothing of a file to which UTF-16 was appended, or which was appended to UTF-16', () => {
    const [first, second] = [sample.repeat(5).replaceAll('Ä', 'A'), sample.repeat(9).replaceAll('Ä', 'A')]
    const expected = (first + second).replaceAll('\r', '')
    expect(decodeText(join(utf8(first), utf16(second))).text).toBe(expected)
    expect(decodeText(join([0xff, 0xfe], utf16(first), utf8(second))).text).toBe(expected)
  })

  it('reads other bytes as Windows-1252 and says so', () => {
    const { text, notices } = decodeText(join(utf8('Name : '), [0xc4], utf8('pfel '), [0x80]))
    expect([text, notices.map((n) => n.code)]).toEqual(['Name : Äpfel €', ['encoding-guessed']])
  })

  it('keeps UTF-8 that was cut inside a character', () => {
    const bytes = utf8('Name : Ä')
    expect(decodeText(bytes.subarray(0, bytes.length - 1))).toMatchObject({ text: 'Name : ', encoding: 'utf-8' })
  })

  it('reads UTF-16 appended to a single-byte file', () => {
    const { text, notices } = decodeText(join(utf8('Name : a\r\n'.repeat(40)), utf16('Fqdn : b\r\n')))
    expect(text).toBe(`${'Name : a\n'.repeat(40)}Fqdn : b\n`)
    expect(notices).toEqual([
      { code: 'encodings-mixed', level: 'info', line: 41, params: { encodings: 'utf-8, utf-16le' } },
    ])
  })

  it('has LF alone as line end, and no marks inside', () => {
    expect(decodeText(utf8('a\r\nb\rc\r\r\nd\n\ufeffe')).text).toBe('a\nb\nc\nd\ne')
  })

  it('takes terminal colours out', () => {
    expect(decodeText(utf8('\u001b[32;1mName : \u001b[0mx \u001b]0;title\u0007y')).text).toBe('Name : x y')
    expect(decodeText(utf8('[32;1mName : [0mx')).text).toBe('Name : x')
  })

  it('never throws, and never leaves a CR, a NUL or a mark', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) =>
        ['\r', '\u0000', '\ufeff'].every((c) => !decodeText(bytes).text.includes(c)),
      ),
      { numRuns: 500 },
    )
  })

  it('decodes only the beginning of what is no text', () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 256)
    const { text, encoding } = decodeText(bytes)
    expect([encoding, text.length < 70_000]).toEqual(['binary', true])
  })

  it.each([13, 27, 0, 0x80, 0xef, 0x5b])('takes linear time and memory on one byte over and over: %i', (byte) => {
    // Quadratic time would meet the time limit of all tests.
    expect(decodeText(new Uint8Array(5_000_000).fill(byte)).text.length).toBeLessThanOrEqual(5_000_000)
  })
})

it.each(['utf-8', 'utf-16le'] as const)('leaves the bytes of the host as they are, also a Buffer: %s', (encoding) => {
  const bytes = Buffer.from(`a\r\nb\u0000c\r\n${'x'.repeat(200)}\r\n`, encoding)
  const before = bytes.toString('hex')
  const first = decodeText(bytes).text
  expect(bytes.toString('hex')).toBe(before)
  expect(decodeText(bytes).text).toBe(first)
})
